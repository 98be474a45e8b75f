import { asc, eq } from 'drizzle-orm';
import { aTicketRow } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { tickets } from '../tables.ts';
import type { Needed } from './compose-write.ts';
import { loadTickets, projectBulk } from './project-write.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NEEDED: Needed = {
  addTags: ['category__other'],
  removeTags: [],
  groupId: null,
  unassign: false,
  priority: null,
  unset: [],
  note: null,
  reopen: false,
};

test('a write that ends after its ticket was erased restores no tag', async () => {
  const { db } = database;
  await db.insert(tickets).values(aTicketRow({ id: 42, tags: ['kims_wedding'] }));
  const ticket = (await loadTickets(db, [42])).get(42)!;
  await db.transaction((tx) => eraseTickets(tx, { ids: [42], now: new Date(), gone: false, hooks: [] }));
  await projectBulk(db, [{ ticket, needed: NEEDED }]);
  expect(await db.select({ tags: tickets.tags }).from(tickets)).toEqual([{ tags: [] }]);
});

test('the result of a job is applied to tickets that have not changed since', async () => {
  const { db } = database;
  await database.clear();
  await db
    .insert(tickets)
    .values([1, 2, 3].map((id) => aTicketRow({ id, tags: ['a'], groupId: 7, priority: id === 3 ? 'low' : null })));
  const known = await loadTickets(db, [1, 2, 3]);
  await db
    .update(tickets)
    .set({ snapshotAt: new Date(Date.now() + 1_000), tags: ['changed'] })
    .where(eq(tickets.id, 2));
  const needs = { 1: NEEDED, 2: NEEDED, 3: { ...NEEDED, removeTags: ['a'], groupId: 8 } };
  await projectBulk(
    db,
    ([1, 2, 3] as const).map((id) => ({ ticket: known.get(id)!, needed: needs[id] })),
  );
  const rows = await db.select().from(tickets).orderBy(asc(tickets.id));
  expect(rows.map(({ tags, groupId, priority }) => ({ tags, groupId, priority }))).toEqual([
    { tags: ['a', 'category__other'], groupId: 7, priority: null },
    { tags: ['changed'], groupId: 7, priority: null },
    { tags: ['category__other'], groupId: 8, priority: 'low' },
  ]);
});
