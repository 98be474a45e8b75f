import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { migrate } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('migrating twice, and from two processes at once, changes nothing', async () => {
  await expect(Promise.all([migrate(database.url), migrate(database.url)])).resolves.toBeDefined();
});
