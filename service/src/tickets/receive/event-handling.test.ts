import { asc, eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { inbox } from '../tables.ts';
import { readBatch } from './batches.ts';
import { beginHandling, failEvent, listDeadLetteredEvents, MOST_TRIES, releaseEvents } from './event-handling.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const BATCH = 1;
const NOW = new Date('2025-01-08T11:30:00Z');

async function anEvent(part: Partial<typeof inbox.$inferInsert> = {}): Promise<number> {
  const row = { batch: BATCH, type: 'ticket.created', ticketId: 7, body: {}, ...part };
  const [stored] = await database.db.insert(inbox).values(row).returning({ id: inbox.id });
  return stored?.id ?? 0;
}
const waiting = async () => (await readBatch(database.db, BATCH)).events.map(({ unfinished }) => unfinished);
/** As a new process sees what this one left. */
const dieHolding = (id: number) => database.db.update(inbox).set({ heldBy: 'gone' }).where(eq(inbox.id, id));

test('an attempt that a process began and never finished counts in the next, once for each process', async () => {
  const id = await anEvent();
  for (let died = 1; died <= 3; died += 1) {
    await beginHandling(database.db, [id]);
    await dieHolding(id);
    expect(await waiting()).toEqual([died]);
  }
});

test('an attempt of this process does not count while it runs, however often it begins', async () => {
  const id = await anEvent();
  for (let tries = 1; tries <= 3; tries += 1) await beginHandling(database.db, [id]);

  expect(await waiting()).toEqual([0]);
  await releaseEvents(database.db, [id]);
  expect(await waiting()).toEqual([0]);
});

test('a finished attempt clears its own start and no other', async () => {
  const id = await anEvent({ heldBy: 'gone', unfinished: 2 });
  await beginHandling(database.db, [id]);
  await releaseEvents(database.db, [id]);

  expect(await waiting()).toEqual([2]);
});

test("counts only the event's own failures, and dead-letters it with the last reason", async () => {
  const id = await anEvent();
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    await beginHandling(database.db, [id]);
    await releaseEvents(database.db, [id]);
    await beginHandling(database.db, [id]);
    expect(await failEvent(database.db, id, 'broken', NOW)).toBe(false);
  }
  await beginHandling(database.db, [id]);
  expect(await failEvent(database.db, id, 'broken', NOW)).toBe(true);

  expect(await listDeadLetteredEvents(database.db)).toEqual([
    expect.objectContaining({ id, attempts: MOST_TRIES, error: 'broken' }),
  ]);
  expect(await waiting()).toEqual([]);
});

test('does not begin a finished event again', async () => {
  const ids = [await anEvent({ state: 'decided' }), await anEvent()];

  expect((await beginHandling(database.db, ids)).map(({ id }) => id)).toEqual([ids[1]]);
  const rows = await database.db.select().from(inbox).orderBy(asc(inbox.id));
  expect(rows.map(({ unfinished }) => unfinished)).toEqual([0, 1]);
});
