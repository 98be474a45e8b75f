import fc from 'fast-check';
import { type AskingForRefund, decideRefund } from './refund-decision.ts';
import { inMinorUnits, type RefundLine, type Refunds } from './refund-line.ts';
import { anAsking, aPayment, aRefundPolicy } from './testing/refund-builders.ts';

const EMPTY = aRefundPolicy('{ currency: USD, approve_above_limit: [lead@northwind.test] }');
const money = fc.integer({ min: 0, max: 400 });
const size = fc.oneof(
  money,
  fc.integer({ min: 0, max: 100 }).map((one) => `${one}%`),
  fc.constantFrom('12.5%', '0.01%', '99.999%'),
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });
const who = fc.constantFrom<Pick<RefundLine, 'tier' | 'role' | 'agents'>>(
  { tier: 't1' },
  { tier: 't2' },
  { role: 'admin' },
  { agents: ['lena@northwind.test'] },
);
const line: fc.Arbitrary<RefundLine> = fc
  .record({
    who,
    categories: maybe(fc.constant<string[]>(['refunds'])),
    per_refund: size,
    per_agent_per_day: money,
    per_customer: maybe(fc.record({ amount: size, days: fc.integer({ min: 1, max: 5 }) })),
    per_ticket: maybe(size),
    days_since_payment: maybe(fc.integer({ min: 1, max: 20 })),
  })
  .map(({ who: whose, ...rest }) => ({ ...whose, ...rest }));
const policy: fc.Arbitrary<Refunds> = fc
  .record({ limits: fc.array(line, { maxLength: 5 }), verify: maybe(money), needs_payment: fc.boolean() })
  .map(({ limits, verify, needs_payment }) => ({
    ...EMPTY,
    needs_payment,
    limits,
    ...(verify === undefined ? {} : { needs_verified_customer_above: verify }),
  }));
const minor = fc.integer({ min: 0, max: 40_000 });
const asking: fc.Arbitrary<AskingForRefund> = fc
  .record({
    amount: fc.integer({ min: 1, max: 60_000 }),
    agent: fc.record({
      email: fc.constantFrom('lena@northwind.test', 'omar@northwind.test', null),
      tiers: fc.subarray(['t1', 't2', 't3']),
      role: fc.constantFrom('agent' as const, 'admin' as const),
    }),
    category: fc.constantFrom('refunds', 'other', null),
    payment: fc.option(
      fc.record({ paid: minor, refunded: minor, isDisputed: fc.boolean() }).map((part) => aPayment(part)),
    ),
    used: fc.record({
      today: minor,
      customer: fc.array(fc.record({ day: fc.constantFrom('2026-11-27', '2026-11-24', '2026-10-01'), amount: minor }), {
        maxLength: 3,
      }),
      ticket: minor,
    }),
    isVerified: fc.boolean(),
    isSameAgain: fc.boolean(),
    isConfirmed: fc.boolean(),
  })
  .map((part) => anAsking(part));

test('a refund is never allowed above what is left of the payment, the day, the customer and the ticket', () => {
  fc.assert(
    fc.property(policy, asking, (refunds, about) => {
      const decision = decideRefund(refunds, about);
      const { payment, used } = about;
      const own = refunds.limits[decision.line ?? -1];
      const left = (limit: string | number | undefined, usedOfIt: number) =>
        limit === undefined ? Infinity : (inMinorUnits(limit, 'USD', payment?.paid ?? null) ?? 0) - usedOfIt;
      const ofCustomer = used.customer
        .filter(({ day }) => isWithin(day, own?.per_customer?.days ?? 0))
        .reduce((sum, { amount }) => sum + amount, 0);
      const most = Math.min(
        payment === null ? Infinity : payment.paid - payment.refunded,
        left(own?.per_refund ?? 0, 0),
        left(own?.per_agent_per_day ?? 0, used.today),
        left(own?.per_ticket, used.ticket),
        left(own?.per_customer?.amount, ofCustomer),
      );
      expect(decision.upTo).toBeLessThanOrEqual(Math.max(0, most));
      expect(decision.verdict !== 'allowed' || about.amount <= decision.upTo).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

/** Today is the 27th. */
const isWithin = (day: string, days: number) => day === '2026-11-27' || (day === '2026-11-24' && days >= 4);

test('to raise a limit never lowers what may be refunded', () => {
  const key = fc.constantFrom('per_refund', 'per_agent_per_day', 'per_ticket', 'per_customer', 'days_since_payment');
  fc.assert(
    fc.property(policy, asking, fc.nat(4), key, fc.integer({ min: 0, max: 200 }), (refunds, about, at, raised, by) => {
      const limits = refunds.limits.map((one, index) => (index === at ? raise(one, raised, by) : one));
      expect(decideRefund({ ...refunds, limits }, about).upTo).toBeGreaterThanOrEqual(
        decideRefund(refunds, about).upTo,
      );
    }),
    { numRuns: 1_000 },
  );
});

function raise(one: RefundLine, key: string, by: number): RefundLine {
  const more = (limit: string | number) =>
    typeof limit === 'number' ? limit + by : `${Math.min(100, Number.parseFloat(limit) + by)}%`;
  switch (key) {
    case 'per_refund':
      return { ...one, per_refund: more(one.per_refund) };
    case 'per_agent_per_day':
      return { ...one, per_agent_per_day: Number(one.per_agent_per_day) + by };
    case 'per_ticket':
      return one.per_ticket === undefined ? one : { ...one, per_ticket: more(one.per_ticket) };
    case 'per_customer':
      return one.per_customer === undefined
        ? one
        : { ...one, per_customer: { ...one.per_customer, amount: more(one.per_customer.amount) } };
    default:
      return one.days_since_payment === undefined ? one : { ...one, days_since_payment: one.days_since_payment + by };
  }
}
