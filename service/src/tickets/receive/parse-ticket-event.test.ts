import { parseTicketEvent } from './parse-ticket-event.ts';
import { anEnvelope, type EnvelopeParts } from './testing/an-envelope.ts';

const RECEIVED = new Date('2025-01-08T10:12:09Z');

function read(parts: EnvelopeParts = {}) {
  const type = parts.type ?? 'ticket.created';
  return parseTicketEvent({
    id: 7,
    type,
    ticketId: 5158,
    occurredAt: new Date('2025-01-08T10:12:07.672Z'),
    receivedAt: RECEIVED,
    body: anEnvelope(parts),
  });
}

test('returns the snapshot in lower case, with numbers as ids and dates as times', () => {
  const event = read();

  expect(event).toMatchObject({ inboxId: 7, ticketId: 5158, actorId: 8447388090494, change: { kind: 'created' } });
  expect(event.detail).toMatchObject({
    id: 5158,
    status: 'open',
    priority: 'low',
    type: 'task',
    groupId: 8447320466431,
    assigneeId: null,
    via: 'api',
    createdAt: new Date('2025-01-08T10:12:07Z'),
  });
  expect(event.sequence).toEqual({ id: '01J8QZ3N5W7V9X2Y4A6C8E0G2J', position: 1 });
});

test.each([
  ['mail', 'email'],
  ['web_form', 'web'],
  ['web_service', 'api'],
  [4, 'email'],
  ['phone_call_inbound', 'voice'],
  ['carrier_pigeon', 'carrier_pigeon'],
  [null, null],
  [{}, null],
])('the channel %j of an event is the policy word %j', (channel, word) => {
  expect(read({ detail: { via: { channel } } }).detail).toMatchObject({ via: word, status: 'open' });
});

test.each([
  ['mail', 'email'],
  [4, 'email'],
  [[], null],
  [undefined, null],
])('the way %j of an event, without an object around it, is the policy word %j', (via, word) => {
  expect(read({ detail: { via } }).detail).toMatchObject({ via: word, status: 'open' });
});

test('null as tags means no tags', () => {
  expect(read({ detail: { tags: null } }).detail?.tags).toEqual([]);
});

test.each([[undefined], [null], [''], ['0'], [0]])('%j means no id, in every field of ids', (none) => {
  const people = { requester_id: none, submitter_id: none, assignee_id: none, actor_id: none };
  const rest = { group_id: none, organization_id: none, brand_id: none, form_id: none };
  const event = read({
    type: 'ticket.comment_added',
    detail: { ...people, ...rest },
    event: { comment: { id: '31', body: 'Hello?', author: { id: none } } },
  });

  expect(event).toMatchObject({ actorId: null, change: { comment: { authorId: null } } });
  expect(event.detail).toMatchObject({ requesterId: null, submitterId: null, assigneeId: null, groupId: null });
  expect(event.detail).toMatchObject({ organizationId: null, brandId: null, formId: null });
  expect(read({ type: 'ticket.group_assignment_changed', event: { current: none, previous: '4' } }).change).toEqual({
    kind: 'group_changed',
    from: 4,
    to: null,
  });
});

test('an invalid id makes the snapshot unreadable, so that the ticket is read from Zendesk', () => {
  for (const id of ['abc', '1.5', '99999999999999999999', {}])
    expect(read({ detail: { group_id: id } }).detail).toBeNull();
});

test('a snapshot of another ticket than the event names is not used', () => {
  expect(read({ detail: { id: '5159' } }).detail).toBeNull();
});

test("a time outside PostgreSQL's range makes the snapshot unreadable", () => {
  expect(read({ detail: { created_at: '0000-01-01T00:00:00Z' } }).detail).toBeNull();
});

test('an unknown priority is read as none, and the snapshot is still used', () => {
  expect(read({ detail: { priority: 'BLAZING' } }).detail).toMatchObject({ priority: null, status: 'open' });
});

test('an unreadable snapshot is null, and the event still names its ticket and its actor', () => {
  const event = read({ detail: { status: 'LIMBO' } });

  expect(event).toMatchObject({ detail: null, ticketId: 5158, actorId: 8447388090494 });
});

test.each([
  [
    'comment_added',
    { comment: { id: '31', body: 'Hello?', is_public: true, author: { id: '9', name: 'Ada', is_staff: false } } },
    {
      kind: 'comment_added',
      comment: { id: 31, body: 'Hello?', isPublic: true, authorId: 9, authorName: 'Ada', isStaff: false },
    },
  ],
  [
    'comment_added',
    { comment: { id: '31', body: 'Hello?', is_public: true, author: { id: '9' } } },
    {
      kind: 'comment_added',
      comment: { id: 31, body: 'Hello?', isPublic: true, authorId: 9, authorName: null, isStaff: null },
    },
  ],
  ['status_changed', { current: 'SOLVED', previous: 'OPEN' }, { kind: 'status_changed', from: 'open', to: 'solved' }],
  ['status_changed', { current: 'SOLVED', previous: null }, { kind: 'status_changed', from: null, to: 'solved' }],
  ['tags_changed', { tags_added: ['x'], tags_removed: ['y'] }, { kind: 'tags_changed', added: ['x'], removed: ['y'] }],
  ['tags_changed', { added: ['x'], removed: null }, { kind: 'tags_changed', added: ['x'], removed: [] }],
  [
    'tags_changed',
    { current: ['a', 'x'], previous: ['a', 'y'] },
    { kind: 'tags_changed', added: ['x'], removed: ['y'] },
  ],
  ['group_assignment_changed', { current: '4', previous: null }, { kind: 'group_changed', from: null, to: 4 }],
  ['agent_assignment_changed', { current: null, previous: '4' }, { kind: 'assignee_changed', from: 4, to: null }],
  ['merged', {}, { kind: 'merged' }],
  ['marked_as_spam', {}, { kind: 'marked_as_spam' }],
  ['soft_deleted', {}, { kind: 'soft_deleted' }],
  ['undeleted', {}, { kind: 'undeleted' }],
  ['permanently_deleted', {}, { kind: 'permanently_deleted' }],
  ['priority_changed', { current: 'HIGH', previous: null }, { kind: 'other' }],
  ['something_new', {}, { kind: 'other' }],
  ['comment_added', { comment: 'not an object' }, { kind: 'other' }],
])('ticket.%s %j is read as %j', (name, event, change) => {
  expect(read({ type: `ticket.${name}`, event }).change).toEqual(change);
});

test('the webhook of a Zendesk trigger only says which ticket to read', () => {
  const event = parseTicketEvent({
    id: 1,
    type: 'trigger',
    ticketId: 123,
    occurredAt: null,
    receivedAt: RECEIVED,
    body: { ticket_id: 123 },
  });

  expect(event).toMatchObject({
    ticketId: 123,
    detail: null,
    actorId: null,
    occurredAt: RECEIVED,
    change: { kind: 'hint' },
  });
});

test.each([[null], [[]], ['text'], [{}], [{ detail: 3, event: [] }]])(
  'the body %j is parsed without an error',
  (body) => {
    const row = { id: 1, type: 'ticket.comment_added', ticketId: null, occurredAt: null, receivedAt: RECEIVED, body };

    expect(parseTicketEvent(row)).toMatchObject({ detail: null, change: { kind: 'other' } });
  },
);
