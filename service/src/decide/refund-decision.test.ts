import { localDate } from '@deskwright/shared';
import { decideRefund } from './refund-decision.ts';
import { anAsking, aPayment, aRefundPolicy } from './testing/refund-builders.ts';

const TRAINEE = { email: 'Trainee@northwind.test', tiers: ['t1'] };
const SUPERVISOR = { email: 'ana@northwind.test', tiers: ['t2'] };

describe('$100 a day to make customers happy', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, limits: [{ tier: t1, per_refund: 100, per_agent_per_day: 100 }], approve_above_limit: [lead@northwind.test] }',
  );
  test.each([
    ['the whole of it at once', 10_000, 0, 'allowed', 10_000],
    ['what is left of the day', 4_000, 6_000, 'allowed', 4_000],
    ['a cent more than is left of the day', 4_001, 6_000, 'needs_approval', 4_000],
    ['anything after the limit was lowered', 1, 12_000, 'needs_approval', 0],
  ] as const)('%s', (_, amount, today, verdict, upTo) => {
    const asking = anAsking({ amount, used: { today, customer: [], ticket: 0 } });
    expect(decideRefund(refunds, asking)).toMatchObject({ verdict, upTo });
  });
});

describe('a ladder: 15 % alone, 20 % a supervisor', () => {
  const refunds = aRefundPolicy(`
  currency: USD
  limits:
    - { tier: t1, per_refund: 15%, per_agent_per_day: 5000 }
    - { tier: t2, per_refund: 20%, per_agent_per_day: 5000 }
  approvals: { tiers: [t2] }`);
  test.each([
    ['15 % of $1,000 by tier 1', 15_000, {}, {}, 'allowed', 15_000],
    ['a cent more by tier 1', 15_001, {}, {}, 'needs_approval', 15_000],
    ['20 % by a supervisor', 20_000, { agent: SUPERVISOR }, {}, 'allowed', 20_000],
    ['more by a supervisor', 20_001, { agent: SUPERVISOR }, {}, 'needs_approval', 20_000],
    ['a second part, when 10 % were refunded before', 5_001, {}, { refunded: 10_000 }, 'needs_approval', 5_000],
    ['of an odd amount, rounded down', 1_852, {}, { paid: 12_345 }, 'needs_approval', 1_851],
    ['when nobody entered what was paid', 1, { payment: null }, {}, 'needs_approval', 0],
  ] as const)('%s', (_, amount, part, payment, verdict, upTo) => {
    const asking = anAsking({ amount, payment: aPayment(payment), ...part });
    expect(decideRefund(refunds, asking)).toMatchObject({ verdict, upTo });
  });
});

describe('$200 in one touch', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, limits: [{ tier: t1, per_refund: 200, per_agent_per_day: 2000, per_ticket: 200 }], approve_above_limit: [lead@northwind.test] }',
  );
  test('is given at once, and a dollar more is asked for', () => {
    expect(decideRefund(refunds, anAsking({ amount: 20_000 })).verdict).toBe('allowed');
    expect(decideRefund(refunds, anAsking({ amount: 20_100 }))).toMatchObject({
      verdict: 'needs_approval',
      rule: 'refunds.limits of tier t1: per_refund',
    });
  });
  test('is once per ticket', () => {
    const used = { today: 15_000, customer: [], ticket: 15_000 };
    expect(decideRefund(refunds, anAsking({ amount: 5_001, used }))).toMatchObject({
      verdict: 'needs_approval',
      upTo: 5_000,
      rule: 'refunds.limits of tier t1: per_ticket',
    });
  });
});

test.each([
  ['trainees, whatever their tier', { agent: TRAINEE }],
  ['who is in no line', { agent: { email: 'omar@northwind.test', tiers: ['t3'] } }],
  ['an unknown address without a tier', { agent: { email: null, tiers: [] } }],
])('nothing is allowed, nor asked for, by %s', (_, part) => {
  const refunds = aRefundPolicy(`
  currency: USD
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 200 }
    - { agents: [trainee@northwind.test], name: Trainees, per_refund: 0, per_agent_per_day: 0 }
  approve_above_limit: [lead@northwind.test]`);
  const decision = decideRefund(refunds, anAsking({ amount: 1, ...part }));
  expect(decision).toMatchObject({ verdict: 'refused', upTo: 0, rule: 'may_refund' });
});

describe('what no approval changes', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, limits: [{ tier: t1, per_refund: 500, per_agent_per_day: 900 }], approve_above_limit: [lead@northwind.test] }',
  );
  test.each([
    [
      'more than what is left of the payment',
      { amount: 2_001, payment: aPayment({ paid: 5_000, refunded: 3_000 }) },
      'payment',
      2_000,
    ],
    ['another currency than the policy’s', { currency: 'EUR' }, 'currency', 0],
    ['a payment in another currency', { payment: aPayment({ currency: 'EUR' }) }, 'currency', 0],
    ['a payment under dispute', { payment: aPayment({ isDisputed: true }) }, 'dispute', 0],
  ])('%s is refused, also for an approver', (_, part, rule, upTo) => {
    expect(decideRefund(refunds, anAsking(part))).toMatchObject({ verdict: 'refused', rule, upTo });
    expect(decideRefund(refunds, anAsking({ ...part, isUnlimited: true }))).toMatchObject({ verdict: 'refused', rule });
  });
  test('an approver whom the policy names has no other limit', () => {
    const asking = anAsking({ amount: 90_000, agent: { email: null, tiers: [] }, isUnlimited: true });
    expect(decideRefund(refunds, asking)).toMatchObject({
      verdict: 'allowed',
      rule: 'refunds.approve_above_limit',
      upTo: 100_000,
    });
  });
  test('where nobody approves, what is above the limit is refused', () => {
    const nobody = aRefundPolicy('{ currency: USD, limits: [{ tier: t1, per_refund: 5, per_agent_per_day: 9 }] }');
    expect(decideRefund(nobody, anAsking())).toMatchObject({ verdict: 'refused', upTo: 500 });
  });
  test('a payment that must be entered', () => {
    const needed = aRefundPolicy(
      '{ currency: USD, needs_payment: true, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 90 }] }',
    );
    expect(decideRefund(needed, anAsking({ payment: null }))).toMatchObject({ verdict: 'refused', rule: 'payment' });
  });
});

describe('a customer', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 900, per_customer: { amount: 80, days: 30 } }], approve_above_limit: [a@b.test] }',
  );
  test.each([
    ['29 days ago counts', '2026-10-29', 4_000],
    ['30 days ago no longer does', '2026-10-28', 5_000],
  ])('a refund of %s', (_, day, upTo) => {
    const used = { today: 0, customer: [{ day, amount: 4_000 }], ticket: 0 };
    expect(decideRefund(refunds, anAsking({ used })).upTo).toBe(upTo);
  });
});

describe('a grace window', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 90, days_since_payment: 30 }], approve_above_limit: [a@b.test] }',
  );
  const timeZone = 'America/New_York';
  /** 28 October in New York, 29 October in UTC. */
  const paidOn = localDate(Date.parse('2026-10-29T02:00:00Z'), timeZone);
  test.each([
    ['its last day, which goes on in the policy’s time zone', '2026-11-28T04:59:59Z', 'allowed'],
    ['the day after', '2026-11-28T05:00:00Z', 'needs_approval'],
  ])('ends with %s', (_, now, verdict) => {
    const today = localDate(Date.parse(now), timeZone);
    expect(decideRefund(refunds, anAsking({ today, payment: aPayment({ paidOn }) })).verdict).toBe(verdict);
  });
  test('needs to know the payment', () => {
    expect(decideRefund(refunds, anAsking({ payment: null }))).toMatchObject({ verdict: 'needs_approval', upTo: 0 });
  });
});

describe('whose limit counts', () => {
  const refunds = aRefundPolicy(`
  currency: USD
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 60 }
    - { tier: t1, categories: [fees], per_refund: 5, per_agent_per_day: 60 }
    - { tier: t2, per_refund: 40, per_agent_per_day: 500 }
    - { role: admin, per_refund: 30, per_agent_per_day: 60 }
    - { agents: [lena@northwind.test], categories: [refunds], per_refund: 20, per_agent_per_day: 60 }`);
  const omar = { email: 'omar@northwind.test', tiers: ['t1', 't2'], role: 'agent' as const };
  test.each([
    ['that of the agent by name, for its category', {}, 2_000, { by: 'agent' }, 4],
    ['otherwise that of the tier', { category: 'other' }, 5_000, { by: 'tier', tier: 't1' }, 0],
    ['that of the category, also if it is lower', { category: 'fees' }, 500, { by: 'tier', tier: 't1' }, 1],
    ['that of the role before the tiers', { agent: { ...omar, role: 'admin' as const } }, 3_000, { by: 'role' }, 3],
    ['of several tiers the one that allows most', { agent: omar }, 5_000, { tier: 't1' }, 0],
    [
      'which is another one late in the day',
      { agent: omar, used: { today: 5_000, customer: [], ticket: 0 } },
      4_000,
      { tier: 't2' },
      2,
    ],
  ])('is %s', (_, part, upTo, because, line) => {
    expect(decideRefund(refunds, anAsking(part))).toMatchObject({ upTo, because, line });
  });
});

describe('what a refund within the limit still needs', () => {
  const of = (day: string) => ({ today: 0, customer: [{ day, amount: 1_000 }], ticket: 0 });
  const refunds = aRefundPolicy(
    '{ currency: USD, needs_verified_customer_above: 20, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 90 }] }',
  );
  test.each([
    ['nothing up to the threshold', { amount: 2_000 }, 'allowed'],
    ['a verified customer above it', { amount: 2_001 }, 'needs_verification'],
    ['the same of a payment in parts', { amount: 1_001, payment: aPayment({ refunded: 1_000 }) }, 'needs_verification'],
    ['nothing for parts up to it', { amount: 1_000, payment: aPayment({ refunded: 1_000 }) }, 'allowed'],
    [
      'the same on one day without a payment',
      { amount: 1_001, payment: null, used: of('2026-11-27') },
      'needs_verification',
    ],
    ['nothing for what the customer got before', { amount: 1_001, payment: null, used: of('2026-11-26') }, 'allowed'],
    ['nothing of a verified customer', { amount: 2_001, isVerified: true }, 'allowed'],
    ['a second confirmation of the same amount', { isSameAgain: true }, 'needs_confirmation'],
    ['nothing once that is confirmed', { isSameAgain: true, isConfirmed: true }, 'allowed'],
  ])('is %s', (_, part, verdict) => {
    expect(decideRefund(refunds, anAsking(part)).verdict).toBe(verdict);
  });
});

test.each([
  ['JPY', 5_000, 5_000],
  ['USD', '49.90', 4_990],
  ['KWD', '49.905', 49_905],
])('amounts in %s have its decimals', (currency, limit, upTo) => {
  const refunds = aRefundPolicy(
    `{ currency: ${currency}, limits: [{ tier: t1, per_refund: "${limit}", per_agent_per_day: 9000 }] }`,
  );
  const asking = anAsking({ currency, amount: upTo, payment: aPayment({ currency }) });
  expect(decideRefund(refunds, asking)).toMatchObject({ verdict: 'allowed', upTo });
  expect(decideRefund(refunds, { ...asking, amount: upTo + 1 }).verdict).toBe('refused');
});

test('each check says what it allows', () => {
  const refunds = aRefundPolicy(
    '{ currency: USD, needs_verified_customer_above: 20, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 90, per_ticket: 60 }], approve_above_limit: [a@b.test] }',
  );
  const { checks } = decideRefund(
    refunds,
    anAsking({ amount: 4_500, used: { today: 5_000, customer: [], ticket: 1_000 } }),
  );
  expect(checks.map(({ rule, allows, passed }) => [rule, allows, passed])).toEqual([
    ['may_refund', null, true],
    ['currency', null, true],
    ['payment', 100_000, true],
    ['dispute', null, true],
    ['per_refund', 5_000, true],
    ['per_agent_per_day', 4_000, false],
    ['per_ticket', 5_000, true],
    ['needs_verified_customer_above', 2_000, false],
    ['same_again', null, true],
  ]);
});
