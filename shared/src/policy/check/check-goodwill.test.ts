import { formatProblems } from '../format-problems.ts';
import { loadPolicy } from '../load-policy.ts';

const problemsOf = (goodwill: string): string => {
  const loaded = loadPolicy(
    `version: 1
company: C
time_zone: UTC
business_hours: { weekdays: { mon-fri: "09:00-17:00" } }
tiers: [{ id: t1, name: T, group: G }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
refunds: { currency: USD, goodwill: { ${goodwill} } }
`,
    'policy.yaml',
  );
  return formatProblems(loaded.ok ? loaded.warnings : loaded.problems);
};
const BUDGET = 'budgets: [{ tier: t1, per_agent_per_day: 100 }]';
const gives = (item: string) => `${BUDGET}, catalogue: [{ id: a, name: A, ${item} }]`;
const FREE = 'kind: free_account, value: 120';

it('accepts $100 a day to make customers happy, discounts of named agents, and free accounts', () => {
  expect(
    problemsOf(`
      budgets: [{ tier: t1, per_agent_per_day: 100 }, { agents: [new@b.test], per_agent_per_day: 0 }, { role: admin, per_agent_per_day: "250.50" }],
      catalogue: [
        { id: credit, name: Credit, kind: credit, value: 10, give: Code THANKS-10 },
        { id: discount, name: Discount, kind: discount, value: "12.50", allow: { tiers: [t1], agents: [lead@b.test] }, per_agent_per_month: 9 },
        { id: account, name: Account, ${FREE}, allow: { agents: [lead@b.test] }, per_agent_per_month: 3 } ],
      examples: [A parcel that came too late]`),
  ).toBe('');
});

it.each([
  ['an amount that is free', gives('kind: credit'), 'value is missing'],
  ['a credit without value', gives('kind: credit, value: 0'), 'is 0, so no budget would limit it'],
  [
    'a free account for a tier',
    gives(`${FREE}, allow: { tiers: [t1] }, per_agent_per_month: 1`),
    'only by named agents',
  ],
  ['a free account without a cap', gives(`${FREE}, allow: { agents: [a@b.test] }`), 'add per_agent_per_month'],
  ['half a cent', gives('kind: credit, value: "1.005"'), 'has 3 decimals, and USD has 2 decimals'],
  ['a value above every budget', gives('kind: credit, value: 101'), 'warning: line 8'],
  ['a credit for nobody', gives('kind: credit, value: 1, allow: {}'), 'is empty, so it can never be given'],
  ['an unknown tier', gives('kind: credit, value: 1, allow: { tiers: [t2] }'), 'tier "t2" does not exist'],
  ['a budget of an unknown tier', 'budgets: [{ tier: t9, per_agent_per_day: 1 }]', 'tier "t9" does not exist'],
  ['an empty catalogue', BUDGET, 'the catalogue is empty'],
  ['a catalogue without budgets', 'catalogue: [{ id: a, name: A, kind: credit, value: 1 }]', 'there are no budgets'],
  [
    'a tier with two budgets',
    'budgets: [{ tier: t1, per_agent_per_day: 1 }, { tier: t1, per_agent_per_day: 2 }]',
    'tier "t1" already has a limit, in entry 1 of refunds.goodwill.budgets',
  ],
  [
    'the same thing twice',
    `${BUDGET}, catalogue: [{ id: a, name: A, kind: credit, value: 1 }, { id: a, name: B, kind: credit, value: 2 }]`,
    'goodwill "a" is already used by entry 1',
  ],
])('refuses or tells of %s', (_, goodwill, said) => expect(problemsOf(goodwill)).toContain(said));
