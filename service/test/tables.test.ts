import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName, is, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

const SRC = join(import.meta.dirname, '../src');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function declaredTables(): Promise<PgTable[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('/tables.ts'));
  const modules: object[] = await Promise.all(files.map((file) => import(join(SRC, file))));
  return modules.flatMap((module) => Object.values(module)).filter((value) => is(value, PgTable));
}

test('the tables of all features name exactly the columns that the migrations create', async () => {
  const { rows } = await database.db.execute<{ table_name: string; column_name: string }>(
    // A partition has the columns of its table.
    sql`SELECT table_name, column_name FROM information_schema.columns JOIN pg_class ON oid = (quote_ident(table_name))::regclass
      WHERE table_schema = 'public' AND NOT relispartition`,
  );
  const created = rows.map((row) => `${row.table_name}.${row.column_name}`).toSorted();
  const tables = await declaredTables();
  const declared = tables.flatMap((table) =>
    getTableConfig(table).columns.map((column) => `${getTableName(table)}.${column.name}`),
  );
  expect(declared.toSorted()).toEqual(created);
});
