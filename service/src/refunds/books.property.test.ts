// All that changes the books, at once and with crashes, against a model of them: on a real PostgreSQL and the local Stripe.
import type { LocalZendesk } from '@deskwright/local-zendesk';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { runVerifyLedger } from '../cli/refunds/ledger.ts';
import { LENA, OMAR, T1, T2 } from '../sidebar/actions/testing/actions-fixture.ts';
import { answerApprovalWith } from './approvals/answer-approval.ts';
import { keepApprovals } from './approvals/keep-approvals.ts';
import { requestApprovalWith, withdrawApproval } from './approvals/request-approval.ts';
import { giveGoodwill } from './goodwill/give-goodwill.ts';
import { goodwillEntries } from './goodwill/tables.ts';
import { takeBackGoodwill } from './goodwill/take-back-goodwill.ts';
import { reconcile } from './reconciliation/reconcile.ts';
import { refundApprovals } from './tables.ts';
import { type ModelLimits, replayGoodwill, replayRefunds } from './testing/books-model.ts';
import { dying, FAULTS, strike } from './testing/provider-faults.ts';
import { BY_HAND, createRefundsFixture, type RefundsFixture, startStripe } from './testing/refunds-fixture.ts';

const POLICY = `
refunds:
  currency: USD
  limits:
    - { tier: t1, per_refund: 30, per_agent_per_day: 50, per_ticket: 120, per_customer: { amount: 200, days: 90 } }
    - { tier: t2, per_refund: 60, per_agent_per_day: 90, per_ticket: 120, per_customer: { amount: 200, days: 90 } }
  approvals: { tiers: [t2], expires: 24h }
  goodwill:
    budgets: [{ tier: t1, per_agent_per_day: 30 }, { tier: t2, per_agent_per_day: 30 }]
    catalogue: [{ id: credit, name: Credit, kind: credit, value: 10 }, { id: gift, name: Gift, kind: discount, value: 25 }]
`;
const VALUES = { credit: 1_000, gift: 2_500 };
const AGENT = { ...LENA, groupIds: [T1] };
const APPROVER = { ...OMAR, groupIds: [T2] };
const LIMITS: ModelLimits = {
  perTicket: 12_000,
  perCustomer: 20_000,
  goodwillPerDay: 3_000,
  perDay: { [AGENT.id]: 5_000, [APPROVER.id]: 9_000 },
};
/** The last is of another customer, and its payment is by bank: its refunds are pending at first. */
const TICKETS = [42, 43, 44] as const;
const PAID = 8_000;
/** Of each round; a request of one day can be answered until that time of the next. */
const TIMES = ['01-30T15:00', '01-30T19:00', '01-31T15:30', '01-31T20:00', '02-01T21:00'].map((at) => `2030-${at}:00Z`);

let database: TestDatabase;
let local: LocalZendesk;
let fixture: RefundsFixture;
let charges: Map<number, string>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const KINDS = [
  'refund',
  'by hand',
  'undo',
  'ask',
  'approve',
  'lower',
  'decline',
  'withdraw',
  'give',
  'take back',
] as const;
const step = fc.record({
  kind: fc.constantFrom(...KINDS, 'refund' as const, 'ask' as const, 'ask' as const, 'approve' as const),
  ticketId: fc.constantFrom(...TICKETS),
  cents: fc.oneof(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 3_001, max: PAID })),
  agent: fc.constantFrom(AGENT, APPROVER),
  isByHand: fc.boolean(),
  item: fc.constantFrom('credit' as const, 'gift' as const),
});
const round = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 10, size: 'max' }),
  fault: fc.constantFrom(...FAULTS, 'dies after', 'dies after', 'lost', 'lost'),
  /** Where it is false, a worker finds out alone what became of refunds. */
  isCompared: fc.constantFrom(true, false, false),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
type Round = typeof round extends fc.Arbitrary<infer One> ? One : never;

const usd = (minor: number) => ({ minor, currency: 'USD' });
const notify = { hasAddress: () => false, ticketUrl: String };

/** What may be answered, undone or taken back is looked for on all tickets, so that most steps do something. */
async function take(one: Step, requestId: string): Promise<unknown> {
  const { kind, ticketId, cents, agent, isByHand, item } = one;
  const { db } = database;
  const order = { order: `A${ticketId}`, paid: usd(PAID), paidOn: '2030-01-02' };
  const isOwn = ({ agentId }: { agentId: number }) => agentId === agent.id;
  switch (kind) {
    case 'refund':
      return fixture.asks(ticketId, charges.get(ticketId) ?? '', cents, { agent, requestId, isConfirmed: true });
    case 'by hand':
      return fixture.refunds(ticketId, cents, { agent, requestId, payment: order });
    case 'undo': {
      const row = (await fixture.refunded()).findLast(isOwn);
      return row && fixture.undoesRefund(row.ticketId, row.id, agent);
    }
    case 'ask': {
      const of = isByHand ? { payment: order } : { foundPayment: `stripe:${charges.get(ticketId)}` };
      const form = { amount: usd(cents), reason: 'x', requestId, isConfirmed: true, ...of };
      return fixture.performs(requestApprovalWith(BY_HAND, notify), ticketId, agent, form);
    }
    case 'give': {
      const given = { item, value: usd(VALUES[item]), reason: 'x', isConfirmed: true, requestId };
      return fixture.performs(giveGoodwill, ticketId, agent, given);
    }
    case 'take back': {
      const row = (await db.select().from(goodwillEntries)).findLast(isOwn);
      return row && fixture.performs(takeBackGoodwill, row.ticketId, agent, { goodwillId: row.id });
    }
    default: {
      const open = await db.select().from(refundApprovals).where(eq(refundApprovals.state, 'open'));
      const row = open[cents % open.length];
      if (row === undefined) return;
      const asked = usd(row.amountMinor);
      if (kind === 'withdraw') return fixture.performs(withdrawApproval, row.ticketId, agent, { approvalId: row.id });
      const granted = { approve: asked, lower: usd(Math.ceil(asked.minor / 2)), decline: null }[kind];
      const answer = granted === null ? 'decline' : 'approve';
      const body = { approvalId: row.id, answer, asked, granted, isConfirmed: true, why: '' };
      return fixture.performs(answerApprovalWith(BY_HAND), row.ticketId, agent, body);
    }
  }
}

const refundsAt = (charge: string) => fixture.atStripe(charge).filter(({ status }) => status !== 'failed');
const refundedAt = (charge: string) => refundsAt(charge).reduce((sum, { amount }) => sum + amount, 0);

async function checkBooks(): Promise<void> {
  const entries = await fixture.ledger();
  expect(replayRefunds(entries, LIMITS)).toEqual([]);
  const goodwill = await database.db.select().from(goodwillEntries).orderBy(asc(goodwillEntries.id));
  expect(replayGoodwill(goodwill, LIMITS)).toEqual([]);
  const said: string[] = [];
  const verified = await runVerifyLedger({ json: true, out: (line) => void said.push(line) }, { db: database.db });
  expect([verified, said.length]).toEqual([0, 1]);
  const { totals } = JSON.parse(said[0] ?? '{}') as { totals: Record<string, Record<string, number>> };
  for (const { paid = 0, refundable = 0, pending = 0, refunded = 0 } of Object.values(totals)) {
    expect(paid + refundable + pending + refunded).toBe(0);
    expect(Math.min(refundable, pending, refunded)).toBeGreaterThanOrEqual(0);
  }
  for (const charge of charges.values()) expect(refundedAt(charge)).toBeLessThanOrEqual(PAID);
  for (const { state, requestId, amountMinor, grantedMinor } of await database.db.select().from(refundApprovals)) {
    const reserved = entries.filter((entry) => entry.kind === 'reserved' && entry.requestId === requestId);
    expect(reserved.map((entry) => entry.amountMinor)).toEqual(state === 'approved' ? [grantedMinor] : []);
    expect(grantedMinor ?? 0).toBeLessThanOrEqual(amountMinor);
    expect(reserved.every(({ agentId, approvedBy }) => approvedBy !== null && approvedBy !== agentId)).toBe(true);
  }
}

/** Each refund was made once if it succeeded, and otherwise not at all. */
async function checkOutcomes(): Promise<void> {
  const made = [...charges.values()].flatMap(refundsAt);
  for (const { requestId, state, amountMinor, providerRef } of await fixture.rows()) {
    expect(state).not.toBe('started');
    const own = made.filter(({ metadata }) => metadata['deskwright_request'] === requestId);
    const isMade = state === 'succeeded' || state === 'pending';
    expect(own.map(({ id, amount }) => [id, amount])).toEqual(isMade ? [[providerRef, amountMinor]] : []);
  }
}

async function start(): Promise<void> {
  await database.clear();
  // It remembers all refunds, and the books would count those of the run before as made outside.
  local = await startStripe();
  fixture = createRefundsFixture(database, local, '', POLICY);
  charges = new Map();
  for (const id of TICKETS) {
    await fixture.placed(id, undefined, { requester_id: id === 44 ? 901 : 900 });
    const method = id === 44 ? { method: 'us_bank_account' } : {};
    charges.set(id, await fixture.paid(id, { amount: PAID, ...method }));
  }
}

const comparing = () => ({
  db: database.db,
  payments: fixture.payments,
  clock: fixture.clock,
  timeZone: () => 'America/New_York',
});

async function play(rounds: readonly Round[]): Promise<void> {
  let requests = 0;
  for (const [n, { steps, fault, isCompared }] of rounds.entries()) {
    const at = TIMES[n] ?? '';
    fixture.actsAt(at);
    const { policy } = fixture.deps.policy.current();
    // Requests of the day before expire, unless they are answered first.
    const expiring = keepApprovals(database.db, { policy, notify, now: new Date(at) });
    await Promise.all([expiring, ...steps.map((one) => take(one, `request-${++requests}`))]);
    strike(fault, local.stripe, { card: charges.get(42) ?? '', bank: charges.get(44) ?? '' });
    await fixture.performRefunds(dying(fixture.payments, fault));
    if (isCompared) await reconcile(comparing()).catch(() => undefined);
    await checkBooks();
    await fixture.letTimePass();
  }
  // A worker that is well again, until nothing is open. Stripe may be at work for two minutes after a call without an answer.
  local.stripe.faults.reset();
  for (let restart = 0; restart < 4; restart++) {
    await fixture.performRefunds();
    fixture.advance(130_000);
    await fixture.letTimePass();
  }
  await reconcile(comparing());
  await checkBooks();
  await checkOutcomes();
}

test('whatever is asked, granted, given, fails and crashes at once, nothing is overdrawn, and each refund is made once', async () => {
  const rounds = fc.array(round, { minLength: 3, maxLength: TIMES.length, size: 'max' });
  const holds = fc.asyncProperty(rounds, async (played) => {
    await start();
    try {
      await play(played);
    } finally {
      await local.stop();
    }
  });
  await fc.assert(holds, { numRuns: 15, endOnFailure: true });
});
