import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { countPendingMigrations, migrate } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a migration that is missing is applied although a newer one was: development adds them in any order', async () => {
  const { $client } = database.db;
  await $client.query('ALTER TABLE refunds DROP COLUMN reason_code');
  await $client.query('DELETE FROM drizzle.__drizzle_migrations WHERE created_at = 1802900000000');
  expect(await countPendingMigrations(database.db)).toBe(1);
  await migrate(database.url);
  expect(await countPendingMigrations(database.db)).toBe(0);
  await expect($client.query('SELECT reason_code FROM refunds')).resolves.toMatchObject({ rowCount: 0 });
});

test('migrating twice, and from two processes at once, changes nothing', async () => {
  await expect(Promise.all([migrate(database.url), migrate(database.url)])).resolves.toBeDefined();
});
