import { aTicketRow } from '../../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { tickets } from '../tables.ts';
import { loadTickets, projectBulk } from './project-write.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a write that ends after its ticket was erased brings no tag back', async () => {
  const { db } = database;
  await db.insert(tickets).values(aTicketRow({ id: 42, tags: ['kims_wedding'] }));
  const ticket = (await loadTickets(db, [42])).get(42)!;
  await db.transaction((tx) => eraseTickets(tx, { ids: [42], now: new Date(), gone: false, hooks: [] }));
  await projectBulk(db, ticket, {
    addTags: ['category__other'],
    removeTags: [],
    groupId: null,
    unassign: false,
    priority: null,
    note: null,
  });
  expect(await db.select({ tags: tickets.tags }).from(tickets)).toEqual([{ tags: [] }]);
});
