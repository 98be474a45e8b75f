import { decideGoodwill, type GoodwillUsed, goodwillBudget } from './goodwill-decision.ts';
import type { RefundingAgent } from './refund-line.ts';
import { aRefundPolicy } from './testing/refund-builders.ts';

const { goodwill } = aRefundPolicy(`
  currency: USD
  goodwill:
    budgets:
      - { tier: t1, per_agent_per_day: 100 }
      - { tier: t2, per_agent_per_day: 150 }
      - { role: admin, per_agent_per_day: 250 }
      - { agents: [Trainee@northwind.test], per_agent_per_day: 0 }
    catalogue:
      - { id: credit, name: Credit, kind: credit, value: 10 }
      - { id: discount, name: Discount, kind: discount, value: "12.50", allow: { tiers: [t3], agents: [lena@northwind.test] } }
      - { id: account, name: Account, kind: free_account, value: 240, allow: { agents: [omar@northwind.test] }, per_agent_per_month: 2 }
`);
if (goodwill === undefined) throw new Error('the policy has no goodwill');

const LENA: RefundingAgent = { email: 'lena@northwind.test', tiers: ['t1'], role: 'agent' };
const OMAR: RefundingAgent = { ...LENA, email: 'omar@northwind.test', tiers: [] };
const asks = (
  item: string,
  agent: RefundingAgent,
  part: Partial<GoodwillUsed & { again: boolean; sure: boolean }> = {},
) =>
  decideGoodwill(goodwill, 'USD', {
    agent,
    item,
    used: { today: 0, month: new Map(), ...part },
    isSameAgain: part.again ?? false,
    isConfirmed: part.sure ?? false,
  });

it('allows what is left of the day to the cent, and not one cent more', () => {
  expect(asks('credit', LENA, { today: 9_000 })).toEqual({
    refusedBy: null,
    rule: 'refunds.goodwill.budgets of tier t1',
    value: 1_000,
    perDay: 10_000,
    perMonth: null,
  });
  expect(asks('credit', LENA, { today: 9_001 }).refusedBy).toBe('per_agent_per_day');
});

it.each([
  ['a name overrides role and tier', { ...LENA, email: 'trainee@northwind.test', role: 'admin' as const }, 0],
  ['a role overrides tiers', { ...LENA, role: 'admin' as const }, 25_000],
  ['of several tiers the highest counts', { ...LENA, tiers: ['t1', 't2'] }, 15_000],
  ['who is in no line has none', OMAR, 0],
])('finds the budget: %s', (_, agent, perDay) => expect(goodwillBudget(goodwill, 'USD', agent).perDay).toBe(perDay));

it('lets nobody give what is not allowed to them, or is not in the catalogue', () => {
  expect(asks('credit', OMAR).refusedBy).toBe('may_give');
  expect(asks('discount', LENA).refusedBy).toBeNull();
  expect(asks('discount', { ...LENA, email: 'lea@northwind.test' }).refusedBy).toBe('may_give');
  // Who may give it needs a budget, too.
  expect(asks('discount', { ...OMAR, tiers: ['t3'] }).refusedBy).toBe('may_give');
  expect(asks('account', LENA).refusedBy).toBe('may_give');
  expect(asks('coupon', LENA).refusedBy).toBe('catalogue');
});

it('counts free accounts by the month and not against the day', () => {
  const used = (n: number) => ({ month: new Map([['account', n]]) });
  expect(asks('account', OMAR, used(1))).toMatchObject({ refusedBy: null, value: 24_000, perDay: null, perMonth: 2 });
  expect(asks('account', OMAR, used(2)).refusedBy).toBe('per_agent_per_month');
});

it('wants the same once more on a ticket to be confirmed', () => {
  expect(asks('credit', LENA, { again: true }).refusedBy).toBe('same_again');
  expect(asks('credit', LENA, { again: true, sure: true }).refusedBy).toBeNull();
});
