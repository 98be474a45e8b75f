// Checks what is found when a policy is compared with an account: each planted fault once, and nothing else.
import { loadPolicy } from '@deskwright/shared';
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { checkAgainstAccount } from './check-against-account.ts';

const loaded = loadPolicy(
  `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refund, name: Refund, tier: t1 }, { id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - { id: refund, title: Refund, conditions: { all: [{ field: text, operator: includes_any, value: [refund] }] }, actions: { category: refund, priority: high, add_tags: [money] } }
views: [{ title: Unassigned, order: oldest_first }]
surveys: { csat: { delay: 24h, expires: 14d, follow_up: { group: Care } }, brands: [{ brand: Polar Kids }] }
`,
  'policy.yaml',
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const { policy } = loaded;

const rule = (title: string, actions: object[], more: object = {}) => ({ id: 7, title, actions, ...more });
const fine: AccountSetup = {
  groups: [{ id: 11, name: 'Support Tier 1' }, { id: 12, name: 'Support Tier 2' }, { id: 13, name: 'Care' }, 'odd'],
  views: [
    { id: 1, title: 'Unassigned', conditions: { all: [{ field: 'status', operator: 'less_than', value: 'solved' }] } },
  ],
  triggers: [rule('Tells the customer', [{ field: 'notification_user', value: ['requester_id', 'x', 'y'] }]), null],
  automations: [],
  macros: [],
  ticketFields: [],
  brands: [],
  forms: [],
  users: [
    { id: 1, name: 'Ana' },
    { id: 2, name: 'Bo' },
    { id: 3, name: 'Cy', suspended: true },
  ],
  organizations: [],
  ruleChanges: null,
  unread: [],
};
const memberships = [{ user_id: 1, group_id: 11 }, { user_id: 2, group_id: 12 }, { user_id: 2, group_id: 13 }, {}];
const find = (part: Partial<AccountSetup> = {}, staff: object = {}) =>
  checkAgainstAccount(policy, { ...fine, ...part }, { memberships, queues: null, ...staff });
const found = (...given: Parameters<typeof find>) =>
  find(...given).findings.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);

test('an account that fits has no finding, nor has what it does not show', () => {
  expect(find()).toEqual({ findings: [], closedAfterHours: undefined });
  expect(found({}, { memberships: null })).toEqual([]);
  expect(found({ views: [] })).toEqual([]);
});

test.each<[string, Partial<AccountSetup>, object, string[]]>([
  [
    'groups are missing, one of follow-ups among them',
    { groups: [{ id: 11, name: 'Support Tier 1' }] },
    {},
    ['group-missing tiers.1.group', 'group-missing surveys.csat.follow_up.group'],
  ],
  [
    'a deleted group counts as missing',
    { groups: [fine.groups[0], { id: 12, name: 'Support Tier 2', deleted: true }, fine.groups[2]] },
    {},
    ['group-missing tiers.1.group'],
  ],
  [
    'a group is empty but for somebody suspended',
    {},
    { memberships: [memberships[0], { user_id: 3, group_id: 12 }, memberships[2]] },
    ['group-empty tiers.1.group'],
  ],
  [
    'a brand of surveys is missing',
    { brands: [{ id: 5, name: 'Polar' }] },
    {},
    ['brand-missing surveys.brands.0.brand'],
  ],
  [
    'an agent is in two tiers',
    {},
    { memberships: [...memberships, { user_id: 1, group_id: 12 }] },
    ['agent-in-two-tiers tiers.1.group'],
  ],
  [
    'no view shows a group',
    {
      views: [
        { id: 1, title: 'Unassigned', conditions: { all: [{ field: 'group_id', operator: 'is', value: '11' }] } },
      ],
    },
    {},
    ['group-in-no-view tiers.1.group'],
  ],
  [
    'a trigger sets the group',
    { triggers: [rule('Route', [{ field: 'group_id', value: '11' }])] },
    {},
    ['zendesk-writes-too tiers'],
  ],
  [
    'an automation sets the priority',
    { automations: [rule('Raise', [{ field: 'priority', value: 'high' }])] },
    {},
    ['zendesk-writes-too triggers.0.actions.priority'],
  ],
  [
    'a trigger adds our tag',
    { triggers: [rule('Tag', [{ field: 'current_tags', value: 'vip money' }])] },
    {},
    ['zendesk-writes-too triggers.0.actions.add_tags.0'],
  ],
  [
    'a trigger removes a tier',
    { triggers: [rule('Untag', [{ field: 'remove_tags', value: 'tier__t1' }])] },
    {},
    ['zendesk-writes-too tiers'],
  ],
  [
    'a trigger replaces all tags',
    { triggers: [rule('Set', [{ field: 'set_tags', value: 'vip' }])] },
    {},
    ['zendesk-writes-too tiers'],
  ],
  [
    'a queue hands out a group',
    {},
    { queues: [{ id: 'q', name: 'Urgent', primary_groups: { count: 1, groups: [{ id: 12, name: 'x' }] } }] },
    ['zendesk-writes-too tiers.1.group'],
  ],
])('%s', (_, setup, staff, wanted) => {
  expect(found(setup, staff)).toEqual(wanted.map((each) => expect.stringContaining(`${each}: `)));
});

test('neither a rule that can never fire nor a trigger of the policy that cannot is in conflict with the other', () => {
  const raise = (...all: object[]) => [rule('Raise', [{ field: 'priority', value: 'high' }], { conditions: { all } })];
  const status = (value: string) => ({ field: 'status', operator: 'is', value });
  expect(found({ triggers: raise(status('open')) })).toHaveLength(1);
  expect(found({ triggers: raise(status('open'), status('pending')) })).toEqual([]);
  const dead = policy.triggers.map((one) => ({ ...one, conditions: { ...one.conditions, none: one.conditions.all } }));
  const { findings } = checkAgainstAccount(
    { ...policy, triggers: dead },
    { ...fine, triggers: [...raise(status('open')), rule('Tag', [{ field: 'current_tags', value: 'money' }])] },
    { memberships, queues: null },
  );
  expect(findings).toEqual([]);
});

test('inactive rules, other tags and views of other groups are no fault', () => {
  expect(
    found({
      triggers: [
        rule('Off', [{ field: 'group_id', value: '11' }], { active: false }),
        rule('VIP', [{ field: 'current_tags', value: 'vip' }]),
      ],
      views: [
        ...fine.views,
        { id: 2, title: 'Tier 1', conditions: { all: [{ field: 'group_id', operator: 'is', value: '11' }] } },
      ],
    }),
  ).toEqual([]);
});

test('it says after how many hours the account closes tickets', () => {
  const close = (hours: string) =>
    rule('Close', [{ field: 'status', value: 'closed' }], {
      conditions: { all: [{ field: 'SOLVED', operator: 'greater_than', value: hours }] },
    });
  expect(find({ automations: [close('96'), close('12')] }).closedAfterHours).toBe(12);
});
