import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { addComments, readConversation } from '../tickets/projection/projection-store.ts';
import { tickets } from '../tickets/tables.ts';
import { listQueue, placeInQueue } from './queue-order.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 23, 9, minute));

async function aTicket(id: number, waitingSince: Date | null, values: Partial<typeof tickets.$inferInsert> = {}) {
  await database.db.insert(tickets).values({
    id,
    subject: `Ticket ${id}`,
    description: '',
    status: 'open',
    tags: [],
    tier: 't1',
    createdAt: at(0),
    updatedAt: at(0),
    snapshotAt: at(0),
    waitingSince,
    ...values,
  });
}

const order = async (tier?: string) =>
  (await listQueue(database.db, { limit: 100, ...(tier ? { tier } : {}) })).map((ticket) => ticket.id);

test('the longest wait comes first, and the older ticket of two that wait equally long', async () => {
  await aTicket(3, at(5));
  await aTicket(2, at(5));
  await aTicket(9, at(1));
  await aTicket(4, null);
  await aTicket(5, at(0), { gone: 'spam' });
  expect(await order()).toEqual([9, 2, 3]);
});

test('each tier has a queue of its own, in which each ticket has its place', async () => {
  await aTicket(1, at(3));
  await aTicket(2, at(1));
  await aTicket(3, at(2), { tier: 't2' });
  expect(await order('t1')).toEqual([2, 1]);
  expect(await placeInQueue(database.db, { id: 1, tier: 't1', notIn: [] })).toEqual({ place: 2, of: 2 });
  expect(await placeInQueue(database.db, { id: 3, tier: 't2', notIn: [] })).toEqual({ place: 1, of: 1 });
});

test('tickets in groups that are left out take no place; the place of one of them is the one it would have when it comes back', async () => {
  await aTicket(1, at(1), { groupId: 90 });
  await aTicket(2, at(2));
  await aTicket(3, at(3), { groupId: 7 });
  await aTicket(4, at(4), { groupId: 90 });
  const placeOf = (id: number) => placeInQueue(database.db, { id, tier: 't1', notIn: [90, 91] });
  expect(await placeOf(2)).toEqual({ place: 1, of: 2 });
  expect(await placeOf(3)).toEqual({ place: 2, of: 2 });
  expect(await placeOf(4)).toEqual({ place: 3, of: 3 });
  expect(await placeOf(1)).toEqual({ place: 1, of: 3 });
});

test('a ticket on which no customer waits has no place', async () => {
  await aTicket(1, null);
  expect(await placeInQueue(database.db, { id: 1, tier: 't1', notIn: [] })).toBeNull();
  expect(await placeInQueue(database.db, { id: 99, tier: 't1', notIn: [] })).toBeNull();
});

test('a ticket without a tier is found too', async () => {
  await aTicket(1, at(1), { tier: null });
  expect(await placeInQueue(database.db, { id: 1, tier: null, notIn: [] })).toEqual({ place: 1, of: 1 });
});

test('property: no number or order of follow-up comments changes the place of a customer', async () => {
  const first = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 8 });
  const chases = fc.array(fc.record({ who: fc.nat(), minute: fc.integer({ min: 51, max: 59 }) }), { maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(first, chases, async (starts, chasing) => {
      await database.db.execute(sql`TRUNCATE tickets, comments`);
      for (const [index, minute] of starts.entries()) await aTicket(index + 1, at(minute));
      const comments = [
        ...starts.map((minute, index) => ({ ticketId: index + 1, minute })),
        ...chasing.map(({ who, minute }) => ({ ticketId: (who % starts.length) + 1, minute })),
      ].map(({ ticketId, minute }, index) => ({
        id: index + 1,
        ticketId,
        authorId: 7,
        author: 'customer' as const,
        public: true,
        body: 'Hello?',
        createdAt: at(minute),
      }));
      const before = await order();
      await addComments(database.db, [comments.toReversed()]);
      for (const [index] of starts.entries()) {
        const { waitingSince } = await readConversation(database.db, index + 1);
        const set = { waitingSince, updatedAt: at(59), snapshotAt: at(59) };
        await database.db
          .insert(tickets)
          .values({ ...ROW, id: index + 1, ...set })
          .onConflictDoUpdate({ target: tickets.id, set });
      }
      expect(await order()).toEqual(before);
    }),
    { numRuns: 15 },
  );
});

const ROW = { subject: '', description: '', status: 'open', tags: [], createdAt: at(0) };
