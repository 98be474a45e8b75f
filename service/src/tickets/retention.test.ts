import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { pruneEvents } from './retention.ts';
import { inbox } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

test('deletes events and effects that ended more than 30 days ago, but none dead-lettered or waiting', async () => {
  const event = { batch: 1, type: 'ticket.created', body: {} };
  await database.db.insert(inbox).values([
    { ...event, state: 'decided', finishedAt: daysAgo(31) },
    { ...event, state: 'ignored', finishedAt: daysAgo(31) },
    { ...event, state: 'decided', finishedAt: daysAgo(29) },
    { ...event, state: 'parked', finishedAt: daysAgo(90) },
    { ...event, state: 'waiting' },
  ]);
  expect(await pruneEvents(database.db, NOW)).toBe(2);

  expect((await database.db.select({ state: inbox.state }).from(inbox)).map((row) => row.state)).toEqual([
    'decided',
    'parked',
    'waiting',
  ]);
});
