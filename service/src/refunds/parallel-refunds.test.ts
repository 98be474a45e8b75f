import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  LENA,
  OMAR,
  T1,
} from '../sidebar/actions/testing/actions-fixture.ts';
import { answerApprovalWith } from './approvals/answer-approval.ts';
import { requestApprovalWith } from './approvals/request-approval.ts';
import { readLedger } from './ledger/ledger.ts';
import { verifyEntries } from './ledger/verify-entries.ts';
import { refundApprovals } from './tables.ts';
import { BY_HAND } from './testing/refunds-fixture.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
const TICKETS = [42, 43, 44];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(start);
afterAll(() => database.drop());

async function start() {
  await database.clear();
  fixture = createActionsFixture(database);
  for (const id of TICKETS) await fixture.placed(id);
}

const usd = (minor: number) => ({ minor, currency: 'USD' });
const AGENT = { ...LENA, groupIds: [T1] };
const APPROVER = { ...OMAR, groupIds: [T1] };
const order = (number: number) => ({ order: `A${number}`, paid: usd(8_000), paidOn: '2026-01-02' });

test('of 1,000 attempts on one budget at once, as many are refunded as it holds, and not one more', async () => {
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => fixture.refunds(TICKETS[n % 3] ?? 42, 700, { agent: AGENT })),
  );
  expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(14);
  expect(await verifyEntries(readLedger(database.db))).toMatchObject({
    problems: [],
    totals: { USD: { refunded: 9_800, refundable: 0, pending: 0 } },
  });
});

const tell = { hasAddress: () => false, ticketUrl: () => '' };
const step = fc.record({
  kind: fc.constantFrom('refund', 'refund', 'ask', 'approve', 'undo'),
  ticketId: fc.constantFrom(...TICKETS),
  cents: fc.integer({ min: 1, max: 9_000 }),
  order: fc.constantFrom(1, 2),
  agent: fc.constantFrom(AGENT, APPROVER),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function take({ kind, ticketId, cents, agent, order: number }: Step, requestId: string): Promise<unknown> {
  const asked = { amount: usd(cents), reason: 'x', requestId, payment: order(number) };
  switch (kind) {
    case 'refund':
      return fixture.refunds(ticketId, cents, { agent, requestId, payment: order(number) });
    case 'ask':
      return fixture.performs(requestApprovalWith(BY_HAND, tell), ticketId, agent, asked);
    case 'approve': {
      const rows = await database.db.select().from(refundApprovals);
      const row = rows.find((one) => one.ticketId === ticketId && one.state === 'open');
      const amount = usd(row?.amountMinor ?? 1);
      const body = { approvalId: row?.id ?? 1, answer: 'approve', asked: amount, granted: amount, why: '' };
      return fixture.performs(answerApprovalWith(BY_HAND), ticketId, APPROVER, body);
    }
    case 'undo': {
      const row = (await fixture.refunded()).find((one) => one.ticketId === ticketId && one.agentId === agent.id);
      return fixture.undoesRefund(ticketId, row?.id ?? 1, agent);
    }
  }
}

test('whatever is refunded, asked, approved and undone at once, no payment and no day is overdrawn', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      async (rounds) => {
        await start();
        let requests = 0;
        for (const round of rounds) await Promise.all(round.map((one) => take(one, `request-${++requests}`)));
        const verified = await verifyEntries(readLedger(database.db));
        expect(verified.problems).toEqual([]);
        for (const { paid, refundable, pending, refunded } of Object.values(verified.totals))
          expect(paid + refundable + pending + refunded).toBe(0);
        // A model of the books: by payment, and by agent alone.
        const left = new Map<string, number>();
        for await (const { kind, payment, agentId, approvedBy, amountMinor } of readLedger(database.db)) {
          const gives = kind === 'payment' || kind === 'reversed' ? 1 : kind === 'reserved' ? -1 : 0;
          left.set(payment, (left.get(payment) ?? 0) + gives * amountMinor);
          const budget = `agent ${agentId}`;
          const uses = approvedBy === null && kind !== 'payment' ? gives * amountMinor : 0;
          left.set(budget, (left.get(budget) ?? 10_000) + uses);
        }
        expect([...left.values()].filter((balance) => balance < 0)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});
