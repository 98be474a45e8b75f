import { expectOk } from '../result.ts';
import type { TriggerInput } from '../rules.ts';
import { anAccount } from '../testing/an-account.ts';

const onCreate = { field: 'update_type', operator: 'is', value: 'Create' };

function withTriggers(...inputs: TriggerInput[]) {
  const test = anAccount();
  const triggers = inputs.map((input, index) =>
    expectOk(test.account.triggers.create({ title: `Trigger ${index + 1}`, ...input }, { id: test.admin.id })),
  );
  return { ...test, triggers };
}

it('names the trigger in the audit of its action', () => {
  const { aTicket, account, triggers } = withTriggers({
    conditions: { all: [onCreate] },
    actions: [{ field: 'priority', value: 'high' }],
  });
  expect(aTicket().priority).toBe('high');
  expect(account.tickets.audits(1)[0]?.events).toContainEqual(
    expect.objectContaining({
      type: 'Change',
      field_name: 'priority',
      value: 'high',
      previous_value: null,
      via: {
        channel: 'rule',
        source: {
          from: { id: triggers[0]?.id, title: 'Trigger 1', deleted: false, revision_id: 1 },
          to: {},
          rel: 'trigger',
        },
      },
    }),
  );
});

it('reruns the list after a change, so that a trigger above sees what one below did', () => {
  const { aTicket } = withTriggers(
    {
      conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'vip' }] },
      actions: [{ field: 'priority', value: 'urgent' }],
    },
    { conditions: { all: [onCreate] }, actions: [{ field: 'current_tags', value: 'vip' }] },
  );
  expect(aTicket()).toMatchObject({ priority: 'urgent', tags: ['vip'] });
});

it('fires each trigger at most once per update, so that two opposing triggers stop', () => {
  const { aTicket } = withTriggers(
    {
      conditions: { all: [{ field: 'priority', operator: 'is_not', value: 'high' }] },
      actions: [{ field: 'priority', value: 'high' }],
    },
    {
      conditions: { all: [{ field: 'priority', operator: 'is', value: 'high' }] },
      actions: [{ field: 'priority', value: 'low' }],
    },
  );
  expect(aTicket().priority).toBe('low');
});

it('changed_to and changed_from compare with this update only', () => {
  const { aTicket, account, byAgent } = withTriggers({
    conditions: { all: [{ field: 'status', operator: 'value', value: 'pending' }] },
    actions: [{ field: 'current_tags', value: 'went_pending' }],
  });
  aTicket();
  expect(expectOk(account.tickets.update(1, { status: 'pending' }, byAgent)).ticket.tags).toEqual(['went_pending']);
  expectOk(account.tickets.replaceTags(1, [], byAgent));
  expect(expectOk(account.tickets.update(1, { priority: 'low' }, byAgent)).ticket.tags).toEqual([]);
});

it('sends a webhook action with the rendered body', () => {
  const test = anAccount();
  const webhook = expectOk(
    test.account.webhooks.create({ name: 'Ours', endpoint: 'http://127.0.0.1:4600/hook' }, { id: test.admin.id }),
  );
  const body = '{"ticket_id": {{ticket.id}}, "who": "{{ticket.requester.first_name}}"}';
  const input = {
    title: 'Tell',
    conditions: { all: [onCreate] },
    actions: [{ field: 'notification_webhook', value: [webhook.id, body] }],
  };
  expectOk(test.account.triggers.create(input, { id: test.admin.id }));
  test.aTicket();
  expect(test.webhookActions).toEqual([
    { webhookId: webhook.id, body: '{"ticket_id": 1, "who": "Carl"}', ticketId: 1, at: test.clock.now() },
  ]);
});

it('records a notification in the audit', () => {
  const { aTicket, account, customer } = withTriggers({
    conditions: { all: [{ field: 'comment_is_public', operator: 'is', value: 'true' }] },
    actions: [{ field: 'notification_user', value: ['requester_id', 'Got #{{ticket.id}}', 'Thanks.'] }],
  });
  aTicket();
  expect(account.tickets.audits(1)[0]?.events).toContainEqual(
    expect.objectContaining({ type: 'Notification', recipients: [customer.id], subject: 'Got #1' }),
  );
});

it('skips inactive triggers', () => {
  const { aTicket } = withTriggers({
    active: false,
    conditions: { all: [onCreate] },
    actions: [{ field: 'priority', value: 'high' }],
  });
  expect(aTicket().priority).toBeNull();
});

it('clears the conditions or actions that an update leaves out', () => {
  const { account, triggers, admin } = withTriggers({
    conditions: { all: [onCreate] },
    actions: [{ field: 'priority', value: 'high' }],
  });
  const actions = [{ field: 'priority', value: 'low' }];
  expect(expectOk(account.triggers.update(triggers[0]?.id ?? 0, { actions }, { id: admin.id }))).toMatchObject({
    conditions: { all: [], any: [] },
    actions,
  });
});
