import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { cardFixture, hoursAgo, LENA, NOW } from '../../sidebar/card/testing/card-fixture.ts';
import { foundPayments, refundApprovals } from '../tables.ts';
import { approvalsSection } from './approvals-section.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
const { cardOf, ticket } = cardFixture(() => database);

test('a request names the card only as it was found for the customer that the ticket has now', async () => {
  const { db } = database;
  await ticket({ requesterId: 900 });
  const asked = {
    ticketId: 42,
    agentId: LENA,
    amountMinor: 6_000,
    currency: 'USD',
    rule: 'per_refund',
    askedAt: hoursAgo(1),
    expiresAt: new Date(NOW + 3_600_000),
  };
  const found = {
    ticketId: 42,
    amountMinor: 8_000,
    refundedMinor: 0,
    currency: 'USD',
    paidAt: hoursAgo(9),
    instrument: { kind: 'card', brand: 'visa', last4: '4242' },
    isDisputed: false,
    readAt: hoursAgo(1),
  };
  await db.insert(foundPayments).values([
    { ...found, requesterId: 900, payment: 'stripe:ch_1', matchedBy: 'ticket_field' },
    { ...found, requesterId: 901, payment: 'stripe:ch_2', matchedBy: 'email' },
  ]);
  const payments = ['stripe:ch_1', 'stripe:ch_2', 'manual:77', null];
  await db
    .insert(refundApprovals)
    .values(
      payments.map((payment, n) => ({ ...asked, payment, requestId: `asked-${n}`, state: 'withdrawn' as const })),
    );
  const { here } = (await cardOf(42, { deps: { sections: [approvalsSection] } })).refundApprovals;
  expect(here.map(({ payment }) => payment).toReversed()).toEqual([
    { payment: 'stripe:ch_1', instrument: found.instrument, isGone: false, match: 'ticket_field' },
    // A page of the former version writes the instrument, whatever it is.
    {
      payment: 'stripe:ch_2',
      instrument: { kind: 'payment', brand: null, last4: null },
      isGone: true,
      match: 'ticket_field',
    },
    { order: '77' },
    null,
  ]);
  expect(here.map(({ isDisputed }) => isDisputed)).toEqual([false, false, false, false]);
  await db.update(foundPayments).set({ isDisputed: true });
  const section = { deps: { sections: [approvalsSection] } };
  const after = (await cardOf(42, section)).refundApprovals.here;
  // That of another customer is not known here, and both by hand may be of the disputed one.
  expect(after.map(({ isDisputed }) => isDisputed).toReversed()).toEqual([true, false, true, true]);
  await db.update(foundPayments).set({ disputeState: 'lost' });
  const lost = (await cardOf(42, section)).refundApprovals.here;
  // An order that is named is not the one that the bank has paid back.
  expect(lost.map(({ isDisputed }) => isDisputed).toReversed()).toEqual([true, false, false, true]);
});
