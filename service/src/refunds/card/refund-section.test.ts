import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import {
  type Asking,
  aCardPolicy,
  aDirectory,
  anAgent,
  cardFixture,
  hoursAgo,
  LENA,
} from '../../sidebar/card/testing/card-fixture.ts';
import { tickets } from '../../tickets/tables.ts';
import { adoptRecorded } from '../ledger/recorded-refunds.ts';
import { foundPayments, refunds } from '../tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  await ticket();
});
afterAll(() => database.drop());

const { cardOf, ticket, person } = cardFixture(() => database);
const REFUNDS = `
refunds:
  currency: USD
  needs_verified_customer_above: 100
  limits:
    - { tier: t1, per_refund: 50, per_agent_per_day: 200 }
    - { tier: t2, per_refund: 250, per_agent_per_day: 1000 }
    - { agents: [Trainee@northwind.test], per_refund: 0, per_agent_per_day: 0 }
  approve_above_limit: [Lead@Northwind.test, nobody@northwind.test]
`;
const policy = aCardPolicy(REFUNDS);
const refundOf = async (asking: Asking = {}) => (await cardOf(42, { policy, ...asking })).refund;
const dollars = (minor: number) => ({ minor: minor * 100, currency: 'USD' });

/** As recorded before there was a ledger, and then entered into it. */
const refunded = async (amount: number, at: Date, part: Partial<typeof refunds.$inferInsert> = {}) => {
  await database.db.insert(refunds).values({
    ticketId: 7,
    agentId: LENA,
    amountMinor: amount * 100,
    currency: 'USD',
    state: 'granted',
    grantedAt: at,
    ...part,
  });
  await adoptRecorded(database.db, 'America/New_York');
};

describe('refunds recorded on the ticket', () => {
  const recordedOf = async (asking: Asking = {}) => (await cardOf(42, { policy, ...asking })).recordedRefunds;

  it('are shown to everybody, newest first, with those undone', async () => {
    await person(LENA, 'Lena Moor', { role: 'agent' });
    await person(5, 'Leo Lead', { role: 'admin' });
    await refunded(12, hoursAgo(3), { ticketId: 42, reason: 'Torn' });
    await refunded(5, hoursAgo(2), { ticketId: 42, state: 'cancelled', undoneAt: hoursAgo(1), undoneBy: 5 });
    await refunded(7, hoursAgo(1));
    expect(await recordedOf({ agent: anAgent({ id: 8 }) })).toMatchObject([
      { amount: dollars(5), reason: null, undone: { by: 'Leo Lead', at: hoursAgo(1).toISOString() }, mayUndo: false },
      { amount: dollars(12), reason: 'Torn', by: 'Lena Moor', undone: null, mayUndo: false },
    ]);
    await database.db.update(tickets).set({ status: 'closed' });
    expect(await recordedOf({ policy: aCardPolicy() })).toHaveLength(2);
  });

  it('can be undone by who recorded them, on the same day', async () => {
    await refunded(1, hoursAgo(9.9), { ticketId: 42 }); // 00:06 in New York
    await refunded(2, hoursAgo(10.1), { ticketId: 42 });
    expect((await recordedOf()).map(({ mayUndo }) => mayUndo)).toEqual([false, true]);
  });
});

describe('what may be refunded', () => {
  it('is null for a closed ticket', async () => {
    await database.db.update(tickets).set({ status: 'solved' });
    expect(await refundOf()).not.toBeNull();
    await database.db.update(tickets).set({ status: 'closed' });
    expect(await refundOf()).toBeNull();
  });

  it('says whether the bank disputes a payment of the customer that the ticket has now', async () => {
    const found = {
      ticketId: 42,
      payment: 'stripe:ch_1',
      amountMinor: 8_000,
      refundedMinor: 0,
      currency: 'USD',
      paidAt: hoursAgo(9),
      instrument: { kind: 'card', brand: 'visa', last4: '4242' },
      matchedBy: 'email' as const,
      isDisputed: true,
      readAt: hoursAgo(1),
    };
    await database.db.update(tickets).set({ requesterId: 900 });
    await database.db.insert(foundPayments).values({ ...found, requesterId: 901 });
    expect(await refundOf()).toMatchObject({ isAnyDisputed: false });
    await database.db.update(tickets).set({ requesterId: 901 });
    expect(await refundOf()).toMatchObject({ isAnyDisputed: true, needsPayment: false });
    // The bank has paid one back: which order is refunded must be entered.
    await database.db.update(foundPayments).set({ disputeState: 'lost' });
    expect(await refundOf()).toMatchObject({ isAnyDisputed: false, needsPayment: true });
    await database.db.update(foundPayments).set({ isDisputed: false });
    expect(await refundOf()).toMatchObject({ isAnyDisputed: false, needsPayment: false });
  });

  it("is the limit of the agent's tier, less what was given today", async () => {
    await refunded(170, hoursAgo(2));
    expect(await refundOf()).toEqual({
      aboutMoney: true,
      mayApprove: false,
      mayAsk: true,
      reasonCodes: [],
      isAnyDisputed: false,
      needsPayment: false,
      perRefund: dollars(50),
      share: null,
      perDay: dollars(200),
      usedToday: dollars(170),
      leftToday: dollars(30),
      upTo: dollars(30),
      because: { by: 'tier', tierName: 'Tier 1' },
      approvers: ['Lead@Northwind.test', 'nobody@northwind.test'],
      verifyAbove: dollars(100),
    });
  });

  it("counts granted refunds of this agent, in this currency, of today in the policy's time zone", async () => {
    await refunded(1, hoursAgo(9.9)); // 00:06 in New York
    await refunded(2, hoursAgo(10.1)); // 23:54 the evening before
    await refunded(4, hoursAgo(1), { state: 'cancelled' });
    await refunded(8, hoursAgo(1), { agentId: 77 });
    await refunded(16, hoursAgo(1), { currency: 'EUR' });
    expect((await refundOf())?.usedToday).toEqual(dollars(1));
  });

  test.each([
    ['the hour of autumn that comes twice', '2026-11-01T23:30:00-05:00', '2026-11-01T00:10:00-04:00', 1],
    ['the evening before it', '2026-11-01T23:30:00-05:00', '2026-10-31T23:50:00-04:00', 0],
    ['the short day of spring', '2026-03-08T23:30:00-04:00', '2026-03-08T00:10:00-05:00', 1],
    ['the evening before that', '2026-03-08T23:30:00-04:00', '2026-03-07T23:50:00-05:00', 0],
  ])('counts a full day when the clocks change: %s', async (_, now, at, counted) => {
    await refunded(1, new Date(at));
    expect((await refundOf({ deps: { clock: () => Date.parse(now) } }))?.usedToday).toEqual(dollars(counted));
  });

  it('is nothing for an agent without a tier', async () => {
    expect(await refundOf({ agent: anAgent({ groupIds: [99] }) })).toMatchObject({
      upTo: dollars(0),
      because: { by: 'default' },
    });
  });

  it("uses the agent's own limit, even before the groups are known", async () => {
    const agent = anAgent({ email: 'trainee@northwind.test' });
    const none = { upTo: dollars(0), because: { by: 'agent' } };
    expect(await refundOf({ agent })).toMatchObject(none);
    expect(await refundOf({ agent, deps: { directory: null } })).toMatchObject(none);
  });

  it('is null for an agent without a limit while a group that has one is unknown: it may be theirs', async () => {
    const directory = { ...aDirectory, groupId: (name: string) => (name === 'Support Tier 2' ? null : 11) };
    const agent = anAgent({ groupIds: [12] });
    expect(await refundOf({ agent, deps: { directory } })).toBeNull();
    expect(await refundOf({ agent, deps: { directory: null } })).toBeNull();
  });

  it('is nothing when no limit is for a tier, even before the groups are known', async () => {
    const ofPeople = aCardPolicy(`
refunds:
  currency: USD
  limits: [{ agents: [trainee@northwind.test], per_refund: 5, per_agent_per_day: 5 }]
`);
    expect(await refundOf({ policy: ofPeople, deps: { directory: null } })).toMatchObject({ upTo: dollars(0) });
  });

  it('names who may approve more, of our own people', async () => {
    await person(5, 'Leo Lead', { role: 'admin', email: 'lead@northwind.test' });
    await person(6, 'A customer', { email: 'nobody@northwind.test' });
    expect((await refundOf())?.approvers).toEqual(['Leo Lead', 'nobody@northwind.test']);
  });

  it('is about money where the category is, or where the policy does not say for any', async () => {
    const saying = (more: string) =>
      aCardPolicy(REFUNDS, {}, (text) => text.replace('name: Refund, tier: t1', `name: Refund, tier: t1${more}`));
    expect((await refundOf({ policy: saying('') }))?.aboutMoney).toBe(true);
    expect((await refundOf({ policy: saying(', money: true') }))?.aboutMoney).toBe(true);
    expect((await refundOf({ policy: saying(', money: false') }))?.aboutMoney).toBe(false);
    await database.db.update(tickets).set({ category: 'bug' });
    expect((await refundOf({ policy: saying('') }))?.aboutMoney).toBe(true);
    expect((await refundOf({ policy: saying(', money: true') }))?.aboutMoney).toBe(false);
    await database.db.update(tickets).set({ category: null });
    expect((await refundOf({ policy: saying(', money: true') }))?.aboutMoney).toBe(false);
  });

  it('says who may approve more themselves', async () => {
    expect((await refundOf({ agent: anAgent({ email: 'lead@northwind.test' }) }))?.mayApprove).toBe(true);
    expect((await refundOf({ agent: anAgent({ email: null }) }))?.mayApprove).toBe(false);
  });

  it('names the tier or the people who may refund nothing', async () => {
    expect((await refundOf({ agent: anAgent({ groupIds: [13] }) }))?.because).toEqual({
      by: 'default',
      tierName: 'Tier 3',
    });
    const named = aCardPolicy(REFUNDS.replace('[Trainee@northwind.test]', '[Trainee@northwind.test], name: Trainees'));
    const agent = anAgent({ email: 'trainee@northwind.test' });
    expect((await refundOf({ agent, policy: named }))?.because).toEqual({ by: 'agent', name: 'Trainees' });
  });

  it('is null if the policy has no refunds', async () => {
    expect(await refundOf({ policy: aCardPolicy() })).toBeNull();
  });
});
