import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { recordService } from './service-record.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a start with another account than the last one names the former', async () => {
  const start = (zendesk: string) => recordService(database.db, { zendesk });
  expect(await start('http://127.0.0.1:4601')).toBeNull();
  expect(await start('http://localhost:4611')).toBeNull();
  expect(await start('https://acme.zendesk.com')).toBe('http://localhost:4611');
  expect(await start('https://acme.zendesk.com')).toBeNull();
  expect(await start('https://other.zendesk.com')).toBe('https://acme.zendesk.com');
});
