// How does a test file get a database of its own?
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../src/platform/storage/database.ts';

export interface TestDatabase {
  db: Database;
  url: string;
  /** Empties all tables; quicker than a new database for each test. */
  clear: () => Promise<void>;
  drop: () => Promise<void>;
}

/** Clones the migrated template. Call in `beforeAll`; call `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TEST_POSTGRES_URL: template, TEST_POSTGRES_SUPERUSER_URL: superuser } = process.env;
  if (!template || !superuser) throw new Error('TEST_POSTGRES_URL is unset: run these tests through `npm test`');
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Dropped while PostgreSQL cleans it up by itself, a database can only be dropped by a superuser.
  const adminUrl = superuser.replace(/\/deskwright$/, '/postgres');
  // Two files may clone at the same moment, and PostgreSQL refuses a template in use: take turns.
  await runAsAdmin(
    adminUrl,
    'SELECT pg_advisory_lock(1)',
    `CREATE DATABASE ${name} TEMPLATE deskwright OWNER deskwright_app`,
  );
  const url = template.replace(/\/deskwright$/, `/${name}`);
  const db = openDatabase(url);
  return {
    db,
    url,
    clear: () => clear(db),
    drop: async () => {
      await db.$client.end();
      await runAsAdmin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function clear(db: Database): Promise<void> {
  const { rows } = await db.$client.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
  );
  await db.$client.query(`TRUNCATE ${rows.map((row) => row.tablename).join(', ')} RESTART IDENTITY CASCADE`);
}

async function runAsAdmin(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
