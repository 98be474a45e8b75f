import type { Policy } from '@deskwright/shared';
import fc from 'fast-check';
import { aRefundPolicy } from '../../decide/testing/refund-builders.ts';
import { compareRefunds } from './compare-refunds.ts';
import { describeRefunds } from './describe-refunds.ts';
import type { MadeOutside, PastEvent, PastRefund } from './past-refund.ts';

const policyOf = (yaml: string): Policy => ({ refunds: aRefundPolicy(yaml), time_zone: 'America/New_York' }) as Policy;
const IN_FORCE = policyOf(
  '{ currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 100, per_ticket: 80, per_customer: { amount: 90, days: 3 } }], approve_above_limit: [lead@northwind.test] }',
);
const DRAFT = policyOf(
  '{ currency: USD, needs_verified_customer_above: 40, limits: [{ tier: t1, per_refund: 20%, per_agent_per_day: 100 }] }',
);

const refund = (id: string, amount: number, part: Partial<PastRefund> = {}): PastRefund => ({
  kind: 'refund',
  id,
  day: '2026-11-20',
  at: 0,
  amount,
  currency: 'USD',
  agent: { key: 'lena', name: 'Lena', email: 'lena@northwind.test', role: 'agent', tiersIn: () => ['t1'] },
  approvedBy: null,
  category: 'refunds',
  ticket: `ticket of ${id}`,
  customer: `customer of ${id}`,
  payment: { name: `payment of ${id}`, paid: 10_000, refundedBefore: 0, currency: 'USD', paidOn: '2026-11-19' },
  isVerified: false,
  ...part,
});
const compare = (events: readonly PastEvent[], after = DRAFT, before = IN_FORCE) =>
  compareRefunds({ before: { name: 'in force', policy: before }, after: { name: 'draft', policy: after } }, events, {
    since: null,
    samples: 3,
  });

test('counts what each policy decides, what changes by which rule, and sums per agent and day', async () => {
  const result = await compare([
    refund('1', 1_000),
    refund('2', 4_500),
    refund('3', 4_000, { day: '2026-11-21' }),
    refund('4', 6_000),
  ]);
  expect(result.verdicts.before).toMatchObject({
    allowed: { refunds: 3, amounts: { USD: 9_500 } },
    needs_approval: { refunds: 1 },
  });
  expect(result.verdicts.after).toMatchObject({ allowed: { refunds: 1 }, refused: { refunds: 3 } });
  expect(result.changes).toMatchObject([
    {
      refunds: 2,
      before: { verdict: 'allowed', rule: 'refunds.limits of tier t1' },
      after: { verdict: 'refused', rule: 'refunds.limits of tier t1: per_refund' },
      samples: [{ ticket: 'ticket of 2', amount: 4_500 }, { ticket: 'ticket of 3' }],
    },
    { refunds: 1, before: { verdict: 'needs_approval' }, after: { verdict: 'refused' } },
  ]);
  expect(result.days).toEqual([
    { day: '2026-11-20', agent: 'Lena', currency: 'USD', made: 11_500, before: 5_500, after: 1_000 },
    { day: '2026-11-21', agent: 'Lena', currency: 'USD', made: 4_000, before: 4_000, after: 0 },
  ]);
  expect(describeRefunds(result).join('\n')).toContain('3 are decided differently (75.0%).');
});

test('what was used of a limit before counts, given back no more; another customer on the ticket makes no room', async () => {
  const verdictOf = async (...events: PastEvent[]) => {
    const last = await compare([...events, refund('last', 2_000, { ticket: 'T', customer: 'C' })], IN_FORCE);
    return last.changed === 0 && last.verdicts.before.allowed.refunds === last.refunds ? 'allowed' : 'not allowed';
  };
  const day = refund('a', 4_500);
  const more = refund('b', 4_000);
  expect(await verdictOf(day, more)).toBe('not allowed');
  expect(await verdictOf(day, more, { kind: 'back', id: 'a' })).toBe('allowed');
  expect(
    await verdictOf(refund('a', 4_500, { ticket: 'T' }), refund('b', 2_000, { ticket: 'T', day: '2026-11-19' })),
  ).toBe('not allowed');
  expect(
    await verdictOf(
      refund('a', 4_500, { customer: 'D', day: '2026-11-19' }),
      refund('b', 3_000, { customer: 'D', ticket: 'T', day: '2026-11-19' }),
    ),
  ).toBe('not allowed');
});

test('what was made outside counts for the payment, the ticket and the customer, until it comes back', async () => {
  const outside = (amount: number, part: Partial<MadeOutside> = {}): MadeOutside => ({
    kind: 'outside',
    payment: 'another payment',
    amount,
    currency: 'USD',
    day: '2026-11-19',
    ticket: null,
    customer: null,
    ...part,
  });
  const isAllowed = async (...events: PastEvent[]) => {
    const last = await compare([...events, refund('last', 2_000, { ticket: 'T', customer: 'C' })], IN_FORCE);
    return last.verdicts.before.allowed.refunds === 1;
  };
  for (const place of [{ payment: 'payment of last' }, { ticket: 'T' }, { customer: 'C' }]) {
    expect(await isAllowed(outside(8_001, place))).toBe(false);
    expect(await isAllowed(outside(8_001, place), outside(-8_001, place))).toBe(true);
    expect(await isAllowed(outside(8_001, { ...place, currency: 'EUR' }))).toBe(!('payment' in place));
  }
  expect(await isAllowed(outside(8_001, { customer: 'C', day: '2026-11-01' }))).toBe(true);
  const ofD = outside(6_900, { customer: 'D' });
  expect(await isAllowed(ofD)).toBe(true);
  expect(await isAllowed(ofD, outside(1, { customer: 'D', ticket: 'T' }))).toBe(true);
  expect(await isAllowed({ ...ofD, amount: 7_000 }, outside(1, { customer: 'D', ticket: 'T' }))).toBe(false);
});

const event: fc.Arbitrary<PastEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        id: fc.nat(1_000).map(String),
        amount: fc.integer({ min: 1, max: 8_000 }),
        day: fc.constantFrom('2026-11-19', '2026-11-20', '2026-11-21'),
        ticket: fc.constantFrom('T1', 'T2', null),
        customer: fc.constantFrom('C1', 'C2', null),
        isVerified: fc.boolean(),
        approvedBy: fc.constantFrom(null, null, 'omar'),
      })
      .map(({ id, amount, ...part }) => refund(id, amount, part)),
  },
  { weight: 1, arbitrary: fc.nat(1_000).map((id) => ({ kind: 'back' as const, id: String(id) })) },
);
const events = fc.uniqueArray(event, {
  selector: (one) => JSON.stringify([one.kind, 'id' in one ? one.id : '']),
  maxLength: 40,
});

test('a policy against itself changes nothing, and the same is always the same', async () => {
  await fc.assert(
    fc.asyncProperty(events, fc.constantFrom(IN_FORCE, DRAFT), async (past, policy) => {
      const { changed, verdicts, days } = await compare(past, policy, policy);
      expect(changed).toBe(0);
      expect(verdicts.before).toEqual(verdicts.after);
      expect(days.filter(({ before, after }) => before !== after)).toEqual([]);
      expect(await compare(past)).toEqual(await compare(past));
    }),
    { numRuns: 200 },
  );
});
