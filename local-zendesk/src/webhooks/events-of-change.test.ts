import { aChange, aComment, aTicket } from '../testing/builders.ts';
import { eventsOfChange } from './events-of-change.ts';

const nameOf = () => 'Rosa Lindqvist';
const typesOf = (change: Parameters<typeof eventsOfChange>[0]) =>
  eventsOfChange(change, nameOf).map(({ type }) => type.replace('ticket.', ''));

test('a new ticket is one event, whatever its fields', () => {
  const change = aChange({ after: aTicket({ tags: ['vip'], group_id: 7 }), comments: [aComment()] });
  expect(eventsOfChange(change, nameOf)).toEqual([{ type: 'ticket.created', event: {} }]);
});

test.each([
  ['status', 'status_changed', { status: 'solved' }, { previous: 'NEW', current: 'SOLVED' }],
  ['priority', 'priority_changed', { priority: 'high' }, { previous: null, current: 'HIGH' }],
  ['type', 'type_changed', { type: 'task' }, { previous: null, current: 'TASK' }],
  ['subject', 'subject_changed', { subject: 'x' }, { previous: 'Tent leaks', current: 'x' }],
  ['group', 'group_assignment_changed', { group_id: 12 }, { previous: null, current: '12' }],
  ['assignee', 'agent_assignment_changed', { assignee_id: 34 }, { previous: null, current: '34' }],
  ['requester', 'requester_changed', { requester_id: 9 }, { previous: '9100000000501', current: '9' }],
  ['tags', 'tags_changed', { tags: ['a'] }, { tags_added: ['a'], tags_removed: [] }],
] as const)('a changed %s sends %s', (_name, type, patch, event) => {
  const change = aChange({ kind: 'updated', before: aTicket(), after: aTicket(patch) });
  expect(eventsOfChange(change, nameOf)).toEqual([{ type: `ticket.${type}`, event }]);
});

test('a changed custom field is named by its id as text', () => {
  const before = aTicket({ custom_fields: [{ id: 77, value: null }] });
  const after = aTicket({ custom_fields: [{ id: 77, value: 'boots' }] });
  expect(eventsOfChange(aChange({ kind: 'updated', before, after }), nameOf)).toEqual([
    { type: 'ticket.custom_field_changed', event: { current: 'boots', previous: null, field: { id: '77' } } },
  ]);
});

test('a comment carries its body, whether it is public, and its author', () => {
  const change = aChange({ kind: 'updated', before: aTicket(), comments: [aComment({ body: 'Any news?' })] });
  expect(eventsOfChange(change, nameOf)).toEqual([
    {
      type: 'ticket.comment_added',
      event: {
        comment: {
          id: '9100000000601',
          body: 'Any news?',
          is_public: true,
          author: { id: '9100000000501', name: 'Rosa Lindqvist' },
        },
      },
    },
  ]);
});

test('one update that changes three things is three events', () => {
  const after = aTicket({ status: 'open', tags: ['a'] });
  expect(typesOf(aChange({ kind: 'updated', before: aTicket(), after, comments: [aComment()] }))).toEqual([
    'comment_added',
    'status_changed',
    'tags_changed',
  ]);
});

test.each(['marked_as_spam', 'soft_deleted', 'undeleted', 'permanently_deleted'] as const)('sends %s', (kind) => {
  expect(typesOf(aChange({ kind, before: aTicket(), after: aTicket({ status: 'deleted' }) }))).toEqual([kind]);
});

test('sends for the source of a merge that it was merged and closed', () => {
  const change = aChange({ kind: 'merged', before: aTicket(), after: aTicket({ status: 'closed' }) });
  expect(typesOf(change)).toEqual(['merged', 'status_changed']);
});

test('sends nothing when nothing changed', () => {
  expect(typesOf(aChange({ kind: 'updated', before: aTicket(), after: aTicket() }))).toEqual([]);
});
