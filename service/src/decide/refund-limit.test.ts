import type { Policy } from '@deskwright/shared';
import { refundLimit } from './refund-limit.ts';

type Refunds = NonNullable<Policy['refunds']>;

const refunds = (limits: Refunds['limits'], currency = 'USD'): Refunds => ({
  currency,
  limits,
  approve_above_limit: [],
  reason_codes: [],
  needs_payment: false,
  approvals: { tiers: [], expires: '24h', escalate_to: [] },
});
const LIMITS: Refunds['limits'] = [
  { tier: 't1', per_refund: 50, per_agent_per_day: 200 },
  { tier: 't2', per_refund: '250.50', per_agent_per_day: 1000 },
  { agents: ['Trainee@northwind.test', 'new@northwind.test'], per_refund: 10, per_agent_per_day: 15 },
];
const anAgent = (part: Partial<Parameters<typeof refundLimit>[1]> = {}) => ({
  email: 'lena@northwind.test',
  tiers: ['t1'],
  usedToday: 0,
  ...part,
});

test.each([
  ["by the agent's tier", {}, { perRefund: 5_000, perDay: 20_000, because: { by: 'tier', tier: 't1' } }],
  [
    'by the higher of several tiers',
    { tiers: ['t1', 't2'] },
    { perRefund: 25_050, because: { by: 'tier', tier: 't2' } },
  ],
  [
    "by the agent's own limit, even if it is lower",
    { email: 'trainee@Northwind.test' },
    { perRefund: 1_000, because: { by: 'agent' } },
  ],
  ['to nothing without a limit', { tiers: ['t3'] }, { perRefund: 0, perDay: 0, upTo: 0, because: { by: 'default' } }],
  ['to nothing without a tier', { tiers: [] }, { upTo: 0, because: { by: 'default' } }],
  ['by the tier if the address is unknown', { email: null }, { because: { by: 'tier', tier: 't1' } }],
])('is set %s', (_, agent, expected) => {
  expect(refundLimit(refunds(LIMITS), anAgent(agent))).toMatchObject(expected);
});

test.each([
  ['up to the limit while enough is left', 10_000, { leftToday: 10_000, upTo: 5_000 }],
  ['up to what is left when that is less', 17_000, { leftToday: 3_000, upTo: 3_000 }],
  ['of nothing when the daily amount is used up', 20_000, { leftToday: 0, upTo: 0 }],
  ['of nothing, not less, when the limit was lowered since', 30_000, { leftToday: 0, upTo: 0 }],
])('allows refunds %s', (_, usedToday, expected) => {
  expect(refundLimit(refunds(LIMITS), anAgent({ usedToday }))).toMatchObject(expected);
});

test('takes the higher daily amount of two limits for one tier with the same single refund', () => {
  const limits: Refunds['limits'] = [
    { tier: 't1', per_refund: 50, per_agent_per_day: 100 },
    { tier: 't1', per_refund: 50, per_agent_per_day: 300 },
  ];
  expect(refundLimit(refunds(limits), anAgent()).perDay).toBe(30_000);
});

test('converts amounts to the smallest unit of the currency', () => {
  const limits: Refunds['limits'] = [{ tier: 't1', per_refund: 5000, per_agent_per_day: 9000 }];
  expect(refundLimit(refunds(limits, 'JPY'), anAgent())).toMatchObject({ perRefund: 5_000, perDay: 9_000 });
});

test('where a refund is a share of the payment, the day alone bounds it until the payment is known', () => {
  const limits: Refunds['limits'] = [{ tier: 't1', per_refund: '15%', per_agent_per_day: 200 }];
  expect(refundLimit(refunds(limits), anAgent({ usedToday: 5_000 }))).toMatchObject({ share: '15%', upTo: 15_000 });
});
