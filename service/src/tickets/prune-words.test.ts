import { aTicketRow } from '../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { people } from '../directory/tables.ts';
import { pruneWords } from './retention.ts';
import { inbox, tickets } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const kept = async () =>
  (await database.db.select({ id: tickets.id, subject: tickets.subject }).from(tickets).orderBy(tickets.id))
    .filter(({ subject }) => subject !== '')
    .map(({ id }) => id);

test('removes words a set time after a ticket was closed or deleted, in batches, and keeps those of other tickets', async () => {
  const closed = { status: 'closed', gone: null } as const;
  await database.db
    .insert(tickets)
    .values([
      aTicketRow({ id: 1, ...closed, updatedAt: daysAgo(181) }),
      aTicketRow({ id: 2, ...closed, updatedAt: daysAgo(179) }),
      aTicketRow({ id: 3, status: 'open', updatedAt: daysAgo(900) }),
      aTicketRow({ id: 4, status: 'solved', updatedAt: daysAgo(900) }),
      aTicketRow({ id: 5, status: 'open', gone: 'deleted', updatedAt: daysAgo(200) }),
    ]);
  const more = Array.from({ length: 250 }, (_, index) =>
    aTicketRow({ id: 100 + index, ...closed, updatedAt: daysAgo(300) }),
  );
  await database.db.insert(tickets).values(more);

  expect(await pruneWords(database.db, { words: '180d', now: NOW, hooks: [] })).toBe(252);
  expect(await kept()).toEqual([2, 3, 4]);
  expect(await pruneWords(database.db, { words: '180d', now: NOW, hooks: [] })).toBe(0);
  expect(await pruneWords(database.db, { words: '30d', now: NOW, hooks: [] })).toBe(1);
});

test('removes dead-lettered words too, and customers without remaining data', async () => {
  const event = { batch: 1, type: 'ticket.created', body: { secret: 1 }, state: 'parked' } as const;
  await database.db.insert(inbox).values([
    { ...event, receivedAt: daysAgo(181) },
    { ...event, receivedAt: daysAgo(10) },
  ]);
  await database.db.insert(tickets).values(aTicketRow({ id: 1, requesterId: 2, status: 'open' }));
  const person = { name: 'x', email: null, fetchedAt: daysAgo(200) };
  await database.db.insert(people).values([
    { ...person, id: 1, role: 'end-user' },
    { ...person, id: 2, role: 'end-user' },
    { ...person, id: 3, role: 'agent' },
    { ...person, id: 4, role: 'end-user', fetchedAt: daysAgo(1) },
  ]);
  await pruneWords(database.db, { words: '180d', now: NOW, hooks: [] });
  expect(
    (await database.db.select({ body: inbox.body }).from(inbox).orderBy(inbox.id)).map(({ body }) => body),
  ).toEqual([{}, { secret: 1 }]);
  expect((await database.db.select({ id: people.id }).from(people).orderBy(people.id)).map(({ id }) => id)).toEqual([
    2, 3, 4,
  ]);
});
