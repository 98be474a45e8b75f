import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { inbox, outbox } from '../platform/storage/schema.ts';
import { pruneFinished } from './retention.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

test('forgets what ended more than 30 days ago, and nothing that is parked or waits', async () => {
  const event = { batch: 1, type: 'ticket.created', body: {} };
  await database.db.insert(inbox).values([
    { ...event, state: 'decided', finishedAt: daysAgo(31) },
    { ...event, state: 'ignored', finishedAt: daysAgo(31) },
    { ...event, state: 'decided', finishedAt: daysAgo(29) },
    { ...event, state: 'parked', finishedAt: daysAgo(90) },
    { ...event, state: 'waiting' },
  ]);
  const effect = { kind: 'ticket_change', payload: {} };
  await database.db.insert(outbox).values([
    { ...effect, key: 'a', state: 'done', finishedAt: daysAgo(31) },
    { ...effect, key: 'b', state: 'done', finishedAt: daysAgo(1) },
    { ...effect, key: 'c', state: 'parked' },
  ]);

  expect(await pruneFinished(database.db, NOW)).toEqual({ events: 2, effects: 1 });

  expect((await database.db.select({ state: inbox.state }).from(inbox)).map((row) => row.state)).toEqual([
    'decided',
    'parked',
    'waiting',
  ]);
  expect((await database.db.select({ key: outbox.key }).from(outbox)).map((row) => row.key)).toEqual(['b', 'c']);
});
