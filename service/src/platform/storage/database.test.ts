import type { Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { type Database, openDatabase } from './database.ts';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => {
  db = openDatabase(database.url, { max: 1 });
});
afterEach(() => db.$client.end());
afterAll(() => database.drop());

/** As if the server died at that moment. */
function loseNextConnection(): void {
  db.$client.once('acquire', (client) => {
    (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
  });
}

test('a connection lost at the start of a transaction frees its place in the pool', async () => {
  loseNextConnection();
  await expect(db.transaction((tx) => tx.execute(sql`SELECT 1`))).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/terminated|ended|closed|reset/i) },
  });
  expect((await db.execute(sql`SELECT 2 AS two`)).rows).toEqual([{ two: 2 }]);
  expect(await db.transaction(async (tx) => (await tx.execute(sql`SELECT 3 AS three`)).rows)).toEqual([{ three: 3 }]);
});

test('a failed transaction is rolled back, and its connection is reused', async () => {
  await db.execute(sql`CREATE TABLE kept (n int)`);
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`INSERT INTO kept VALUES (1)`);
    throw new Error('not this time');
  });
  await expect(failing).rejects.toThrow('not this time');
  expect((await db.execute(sql`SELECT * FROM kept`)).rows).toEqual([]);
});

test('a query that takes longer than it may is ended, and its connection is reused', async () => {
  const hasty = openDatabase(database.url, { max: 1, statementMs: 200 });
  await expect(hasty.execute(sql`SELECT pg_sleep(600)`)).rejects.toMatchObject({ cause: { code: '57014' } });
  expect((await hasty.execute(sql`SELECT 2 AS two`)).rows).toEqual([{ two: 2 }]);
  await hasty.$client.end();
});
