import type { LocalZendesk } from '@deskwright/local-zendesk';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import { LENA, OMAR, T1 } from '../../sidebar/actions/testing/actions-fixture.ts';
import { answerApprovalWith } from '../approvals/answer-approval.ts';
import { requestApprovalWith } from '../approvals/request-approval.ts';
import { readLedger } from '../ledger/ledger.ts';
import { verifyEntries } from '../ledger/verify-entries.ts';
import { refundApprovals } from '../tables.ts';
import { BY_HAND, createRefundsFixture, type RefundsFixture, startStripe } from '../testing/refunds-fixture.ts';

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
beforeAll(async () => {
  [database, local] = await Promise.all([createTestDatabase(), startStripe()]);
});
afterAll(() => Promise.all([database.drop(), local.stop()]));

const TICKETS = [42, 43];
const PAID = 6_000;
/** Of one agent and day. */
const BUDGET = 10_000;
const AGENT = { ...LENA, groupIds: [T1] };
const APPROVER = { ...OMAR, groupIds: [T1] };

/** What happens while a worker makes the refunds. */
const FAULTS = ['none', 'dies reading', 'dies before', 'dies after', 'busy', 'disputed', 'refunded elsewhere'] as const;
const step = fc.record({
  kind: fc.constantFrom('refund', 'refund', 'ask', 'approve'),
  ticketId: fc.constantFrom(...TICKETS),
  cents: fc.integer({ min: 1, max: 5_500 }),
  agent: fc.constantFrom(AGENT, APPROVER),
});
const round = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  fault: fc.constantFrom(...FAULTS),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const die = (): never => {
  throw new Error('the process died');
};
const dying = (provider: PaymentProvider, fault: (typeof FAULTS)[number]): PaymentProvider => {
  if (!fault.startsWith('dies')) return provider;
  return {
    ...provider,
    readPayment: fault === 'dies reading' ? die : provider.readPayment,
    refund: async (order) => {
      if (fault === 'dies after') await provider.refund(order);
      return die();
    },
  };
};

const tell = { hasAddress: () => false, ticketUrl: String };
async function take({ kind, ticketId, cents, agent }: Step, charge: string, requestId: string): Promise<unknown> {
  const amount = { minor: cents, currency: 'USD' };
  switch (kind) {
    case 'ask': {
      const asked = { amount, reason: 'x', foundPayment: `stripe:${charge}`, requestId, isConfirmed: true };
      return fixture.performs(requestApprovalWith(BY_HAND, tell), ticketId, agent, asked);
    }
    case 'approve': {
      const rows = await database.db.select().from(refundApprovals);
      const row = rows.find((one) => one.ticketId === ticketId && one.state === 'open');
      const asked = { minor: row?.amountMinor ?? 1, currency: 'USD' };
      const body = { approvalId: row?.id ?? 1, answer: 'approve', asked, granted: asked, why: '' };
      return fixture.performs(answerApprovalWith(BY_HAND), ticketId, APPROVER, body);
    }
    default:
      return fixture.asks(ticketId, charge, cents, { agent, requestId });
  }
}

async function checkBooks(charges: readonly string[]): Promise<void> {
  const { problems, totals } = await verifyEntries(readLedger(database.db));
  expect(problems).toEqual([]);
  for (const { paid, refundable, pending, refunded } of Object.values(totals)) {
    expect(paid + refundable + pending + refunded).toBe(0);
    expect(Math.min(refundable, pending, refunded)).toBeGreaterThanOrEqual(0);
  }
  const ofDay = new Map<number, number>();
  for (const { kind, agentId, approvedBy, amountMinor } of await fixture.ledger()) {
    const uses = kind === 'reserved' ? amountMinor : kind === 'released' || kind === 'reversed' ? -amountMinor : 0;
    if (agentId !== null && approvedBy === null) ofDay.set(agentId, (ofDay.get(agentId) ?? 0) + uses);
  }
  for (const used of ofDay.values()) expect(used).toBeLessThanOrEqual(BUDGET);
  for (const charge of charges) expect(refundedAtStripe(charge)).toBeLessThanOrEqual(PAID);
}

const refundedAtStripe = (charge: string) => fixture.atStripe(charge).reduce((sum, { amount }) => sum + amount, 0);

test('whatever is asked, approved, fails and crashes, no payment and no budget is overdrawn, and each refund is made once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
      await database.clear();
      local.stripe.faults.reset();
      fixture = createRefundsFixture(database, local);
      const charges: string[] = [];
      for (const id of TICKETS) {
        await fixture.placed(id);
        charges.push(await fixture.paid(id, { amount: PAID }));
      }
      let requests = 0;
      for (const { steps, fault } of rounds) {
        await Promise.all(
          steps.map((one) => take(one, charges[TICKETS.indexOf(one.ticketId)] ?? '', `request-${++requests}`)),
        );
        const [first = ''] = charges;
        if (fault === 'busy') local.stripe.faults.set({ busy: { next: 1 } });
        if (fault === 'disputed') local.stripe.account.dispute(first);
        if (fault === 'refunded elsewhere' && refundedAtStripe(first) < PAID)
          local.stripe.account.refund({ charge: first, amount: Math.min(700, PAID - refundedAtStripe(first)) });
        await fixture.performRefunds(dying(fixture.payments, fault));
        await checkBooks(charges);
        await fixture.letTimePass();
      }
      // A worker that is well again, until nothing is open. Stripe may be at work for two minutes after a call without an answer.
      for (let restart = 0; restart < 4; restart++) {
        await fixture.performRefunds();
        fixture.advance(130_000);
        await fixture.letTimePass();
      }
      await checkBooks(charges);
      const rows = await fixture.rows();
      expect(rows.filter(({ state }) => state === 'started' || state === 'pending')).toEqual([]);
      const made = charges.flatMap((charge) => fixture.atStripe(charge));
      for (const { requestId, state, amountMinor, providerRef } of rows) {
        const own = made.filter(({ metadata }) => metadata['deskwright_request'] === requestId);
        expect(own.map(({ id, amount }) => [id, amount])).toEqual(
          state === 'succeeded' ? [[providerRef, amountMinor]] : [],
        );
      }
    }),
    { numRuns: 8 },
  );
});
