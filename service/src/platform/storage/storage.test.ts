import { sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { migrate } from './migrate.ts';
import * as schema from './schema.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('the Drizzle schema names exactly the columns that the migrations create', async () => {
  const { rows } = await database.db.execute<{ table_name: string; column_name: string }>(
    sql`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  const created = rows.map((row) => `${row.table_name}.${row.column_name}`).toSorted();

  const declared = Object.values(schema)
    .flatMap((table) => {
      const { name, columns } = getTableConfig(table as PgTable);
      return columns.map((column) => `${name}.${column.name}`);
    })
    .toSorted();

  expect(declared).toEqual(created);
});

test('migrating twice, and from two processes at once, changes nothing', async () => {
  await expect(Promise.all([migrate(database.url), migrate(database.url)])).resolves.toBeDefined();
});
