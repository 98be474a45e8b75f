import { aChange, aTicket } from '../testing/builders.ts';
import { envelopes, messageEnvelope } from './envelopes.ts';

function aDeps() {
  let made = 0;
  return { accountId: 22129848, newId: () => `id-${++made}` };
}

const status = { type: 'ticket.status_changed', event: { current: 'SOLVED', previous: 'OPEN' } } as const;
const tags = { type: 'ticket.tags_changed', event: { tags_added: ['a'], tags_removed: [] } } as const;

test('has the documented shape: ids as text, enum values in upper case, nanoseconds, no custom fields', () => {
  const after = aTicket({
    status: 'solved',
    priority: 'low',
    type: 'task',
    tags: ['a'],
    group_id: 12,
    via: { channel: 'api', source: { from: {}, to: {}, rel: null } },
    custom_fields: [{ id: 77, value: 'boots' }],
  });
  expect(envelopes(aChange({ kind: 'updated', after, actorId: -1 }), [status], aDeps())).toEqual([
    {
      account_id: 22129848,
      id: 'id-2',
      time: '2026-03-01T09:00:00.123000001Z',
      type: 'zen:event-type:ticket.status_changed',
      subject: 'zen:ticket:5158',
      zendesk_event_version: '2022-11-06',
      detail: {
        actor_id: '-1',
        assignee_id: null,
        brand_id: '9100000000402',
        created_at: '2026-03-01T08:00:00Z',
        custom_status: '9100000000301',
        description: 'My tent leaks since yesterday.',
        external_id: null,
        form_id: '9100000000401',
        group_id: '12',
        id: '5158',
        is_public: true,
        organization_id: null,
        priority: 'LOW',
        requester_id: '9100000000501',
        status: 'SOLVED',
        subject: 'Tent leaks',
        submitter_id: '9100000000501',
        tags: ['a'],
        type: 'TASK',
        updated_at: '2026-03-01T09:00:00Z',
        via: { channel: 'web_service' },
      },
      event: { current: 'SOLVED', previous: 'OPEN', meta: { sequence: { id: 'ID1', position: 1, total: 1 } } },
    },
  ]);
});

test('the events of one change share a sequence and differ in id, position and time', () => {
  const [first, second] = envelopes(aChange(), [status, tags], aDeps());
  expect(first?.event['meta']).toEqual({ sequence: { id: 'ID1', position: 1, total: 2 } });
  expect(second?.event['meta']).toEqual({ sequence: { id: 'ID1', position: 2, total: 2 } });
  expect(first?.id).not.toBe(second?.id);
  expect(first?.time).not.toBe(second?.time);
});

test('the envelope of a message contains only the id of its ticket', () => {
  const actor = { id: 'zd:answerBot', name: 'Answer Bot', type: 'system' } as const;
  const said = { conversation_id: '67ab5f53a96f98663935c3f2', body: 'How can I help?' };
  const message = { ...said, id: '67ab5f55155becd183e284cb', ticket_id: 141, actor, at: 1_739_284_325_254 };
  expect(messageEnvelope(message, aDeps())).toEqual({
    account_id: 22129848,
    id: 'id-1',
    time: '2025-02-11T14:32:05.254000001Z',
    type: 'zen:event-type:messaging_ticket.message_added',
    subject: 'zen:ticket:141',
    zendesk_event_version: '2022-11-06',
    detail: { id: '141' },
    event: {
      actor,
      conversation_id: '67ab5f53a96f98663935c3f2',
      message: { body: 'How can I help?', id: '67ab5f55155becd183e284cb' },
    },
  });
});

test('sends null for the tags of a ticket without any', () => {
  expect(envelopes(aChange(), [status], aDeps())[0]?.detail.tags).toBeNull();
});

test.each([
  ['email', 'mail'],
  ['web', 'web_form'],
  ['api', 'web_service'],
  ['native_messaging', 'native_messaging'],
])('a ticket with the channel %s in the REST API has the channel %s in events', (channel, viaType) => {
  const after = aTicket({ via: { channel, source: { from: {}, to: {}, rel: null } } });
  const [envelope] = envelopes(aChange({ kind: 'updated', after }), [status], aDeps());
  expect(envelope?.detail.via).toEqual({ channel: viaType });
});
