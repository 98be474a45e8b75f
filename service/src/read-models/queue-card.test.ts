import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { aCardPolicy, anAgent, cardRoom, hoursAgo } from './testing/card-room.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says } = cardRoom(() => database);
const queueOf = async (...args: Parameters<typeof cardOf>) => (await cardOf(...args)).queue;

describe('the wait', () => {
  it('is told in calendar and in business time', async () => {
    // From Monday 10:00 to Tuesday 10:00 in New York.
    await ticket({ waitingSince: hoursAgo(24) });
    expect((await queueOf()).waiting).toMatchObject({
      since: hoursAgo(24).toISOString(),
      calendarMs: 24 * 3_600_000,
      businessMs: 9 * 3_600_000,
    });
  });

  it('has a place in the queue of the tier, which chasing does not move', async () => {
    await ticket({ waitingSince: hoursAgo(3) });
    await ticket({ id: 41, waitingSince: hoursAgo(4), assigneeId: 7 });
    await ticket({ id: 43, waitingSince: hoursAgo(2) });
    await ticket({ id: 44, waitingSince: hoursAgo(9), tier: 't2' });
    await says('customer', 'Where is my parcel?', 3);
    await says('customer', 'Hello?', 2);
    await says('customer', 'HELLO?', 1);
    expect((await queueOf()).waiting).toMatchObject({ place: 2, of: 3, chasers: 2 });
  });

  it('counts chasing from the last answer on', async () => {
    await ticket({ waitingSince: hoursAgo(2) });
    await says('customer', 'Where is it?', 9);
    await says('customer', 'Hello?', 8);
    await says('agent', 'It is on its way.', 5);
    await says('customer', 'It is not.', 2);
    expect((await queueOf()).waiting?.chasers).toBe(0);
  });
});

describe('the target', () => {
  const policy = aCardPolicy('targets: [{ tier: t1, first_reply: 4bh, next_reply: 30m, because: We said so }]');

  it('is the first reply while no agent has answered in public', async () => {
    await ticket({ waitingSince: hoursAgo(1) });
    await says('us', 'A note', 1, { public: false });
    expect((await queueOf(42, { policy })).waiting?.target).toEqual({
      kind: 'first_reply',
      within: '4bh',
      // Business hours begin at 14:00 UTC.
      dueAt: '2026-11-24T18:00:00.000Z',
      missed: false,
      because: 'We said so',
    });
  });

  it('is the next reply from then on, and tells when it was missed', async () => {
    await ticket({ waitingSince: hoursAgo(1) });
    await says('agent', 'Which order?', 2);
    await says('customer', 'Number 7', 1);
    expect((await queueOf(42, { policy })).waiting?.target).toMatchObject({
      kind: 'next_reply',
      dueAt: '2026-11-24T14:30:00.000Z',
      missed: true,
    });
  });

  it('is none where the policy sets none', async () => {
    await ticket({ tier: 't2' });
    expect((await queueOf(42, { policy })).waiting?.target).toBeNull();
  });
});

describe('the next oldest', () => {
  it("is the longest waiting ticket of the tier that is nobody's, and never this one", async () => {
    await ticket({ waitingSince: hoursAgo(9) });
    await ticket({ id: 43, waitingSince: hoursAgo(8), assigneeId: 7 });
    await ticket({ id: 44, waitingSince: hoursAgo(7), gone: 'spam' });
    await ticket({ id: 45, waitingSince: hoursAgo(6), tier: 't2' });
    await ticket({ id: 46, waitingSince: hoursAgo(5), subject: 'Boots' });
    await ticket({ id: 47, waitingSince: hoursAgo(4) });
    expect((await queueOf()).nextOldest).toEqual({
      ticketId: 46,
      subject: 'Boots',
      waitingSince: hoursAgo(5).toISOString(),
    });
  });

  it('is one that this agent may see', async () => {
    await ticket();
    await ticket({ id: 43, waitingSince: hoursAgo(8), groupId: 99 });
    await ticket({ id: 44, waitingSince: hoursAgo(7), groupId: null });
    await ticket({ id: 45, waitingSince: hoursAgo(6), groupId: 11 });
    expect((await queueOf(42, { agent: anAgent({ sees: 'groups' }) })).nextOldest?.ticketId).toBe(45);
  });

  it('is none where nobody waits', async () => {
    await ticket();
    expect((await queueOf()).nextOldest).toBeNull();
  });
});
