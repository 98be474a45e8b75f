import { expectOk } from '../result.ts';
import type { AutomationInput, RuleAction } from '../rules.ts';
import { anAccount } from '../testing/an-account.ts';

const afterDay = (...actions: RuleAction[]): AutomationInput => ({
  title: 'Waits for a day',
  conditions: {
    all: [
      { field: 'status', operator: 'less_than', value: 'solved' },
      { field: 'created_at', operator: 'greater_than', value: '24' },
      { field: 'priority', operator: 'is_not', value: 'urgent' },
    ],
  },
  actions,
});

function withAutomation(input: AutomationInput) {
  const test = anAccount();
  return { ...test, automation: expectOk(test.account.automations.create(input, { id: test.admin.id })) };
}

it('changes the tickets that are due, once, and names the automation in an audit of its own', () => {
  const { aTicket, account, clock, automation } = withAutomation(afterDay({ field: 'priority', value: 'urgent' }));
  const { id } = aTicket();
  expect(account.tickets.runAutomations()).toEqual([]);

  clock.forward(25 * 3_600);
  expect(account.tickets.runAutomations()).toEqual([expect.objectContaining({ id, priority: 'urgent' })]);

  const via = {
    channel: 'rule',
    source: { from: { id: automation.id, title: 'Waits for a day', deleted: false }, to: {}, rel: 'automation' },
  };
  expect(account.tickets.audits(id)).toHaveLength(2);
  expect(account.tickets.audits(id)[1]).toMatchObject({
    author_id: -1,
    via,
    events: [{ type: 'Change', field_name: 'priority', value: 'urgent', via }],
  });
  expect(account.tickets.runAutomations()).toEqual([]);
});

it('lets triggers see its update, each under its own name', () => {
  const { aTicket, account, clock, admin } = withAutomation(afterDay({ field: 'priority', value: 'urgent' }));
  const conditions = { all: [{ field: 'priority', operator: 'value', value: 'urgent' }] };
  const actions = [{ field: 'current_tags', value: 'late' }];
  expectOk(account.triggers.create({ title: 'Mark as late', conditions, actions }, { id: admin.id }));
  const { id } = aTicket();
  clock.forward(25 * 3_600);
  account.tickets.runAutomations();
  expect(account.tickets.audits(id)[1]?.events).toMatchObject([
    { field_name: 'priority', via: { source: { rel: 'automation' } } },
    { field_name: 'tags', value: ['late'], via: { source: { from: { title: 'Mark as late' }, rel: 'trigger' } } },
  ]);
});

it('leaves closed tickets and inactive automations alone', () => {
  const { aTicket, account, clock, automation, admin } = withAutomation(
    afterDay({ field: 'priority', value: 'urgent' }),
  );
  aTicket();
  clock.forward(25 * 3_600);
  expectOk(account.automations.update(automation.id, { active: false }, { id: admin.id }));
  expect(account.tickets.runAutomations()).toEqual([]);
});
