// Gives a test file its own database, cloned from a migrated template.
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

export interface TestDatabaseOptions {
  /** For tests of budgets: `clock_timestamp()` stays what it was, however slow the machine. `now()` goes on. */
  stoppedClock?: boolean;
}

/** For a connection: a busy machine may take longer than the service waits. Milliseconds. */
const LONG_WAIT_MS = 120_000;

/** Clones the migrated template. Call in `beforeAll`; call `drop()` in `afterAll`. */
export async function createTestDatabase({ stoppedClock = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { TEST_POSTGRES_URL: template, TEST_POSTGRES_SUPERUSER_URL: superuser } = process.env;
  if (!template || !superuser) throw new Error('TEST_POSTGRES_URL is unset: run these tests through `npm test`');
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Dropped while PostgreSQL cleans it up by itself, a database can only be dropped by a superuser.
  const adminUrl = superuser.replace(/\/deskwright$/, '/postgres');
  // Two files may clone at the same moment, and PostgreSQL refuses a template in use: take turns.
  // Whole files are copied in half the time that block by block takes.
  await run(
    adminUrl,
    'SELECT pg_advisory_lock(1)',
    `CREATE DATABASE ${name} TEMPLATE deskwright OWNER deskwright_app STRATEGY FILE_COPY`,
  );
  const url = template.replace(/\/deskwright$/, `/${name}`);
  if (stoppedClock) await stopClock(url, name);
  const db = openDatabase(url, { connectWithinMs: LONG_WAIT_MS });
  const clearing = createClearing(superuser.replace(/\/deskwright$/, `/${name}`));
  return {
    db,
    url,
    clear: clearing.clear,
    drop: async () => {
      await Promise.all([db.$client.end(), clearing.end()]);
      await run(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** A function of the same name that is found before PostgreSQL's own: `pg_catalog` comes first only where the search path leaves it out. */
async function stopClock(url: string, database: string): Promise<void> {
  const moment = `'${new Date().toISOString()}'::timestamptz`;
  await run(
    url,
    'CREATE SCHEMA stopped_clock',
    `CREATE FUNCTION stopped_clock.clock_timestamp() RETURNS timestamptz STABLE LANGUAGE sql AS $$ SELECT ${moment} $$`,
    `ALTER DATABASE ${database} SET search_path = stopped_clock, pg_catalog, public`,
  );
}

/**
 * Empties the tables a test has used as TRUNCATE would, in a sixth of its time: that makes new files for each table, each of its indexes and
 * all tables that refer to it. VACUUM gives the room of the deleted rows back, so that later rows stand in the order of their insertion.
 * A superuser does it, whom no trigger keeps from deleting entries of a ledger.
 */
function createClearing(superuserUrl: string): { clear: () => Promise<void>; end: () => Promise<void> } {
  let admin: pg.Client | undefined;
  const connect = async () => {
    admin = new pg.Client({ connectionString: superuserUrl, options: '-c session_replication_role=replica' });
    await admin.connect();
    return admin;
  };
  const clear = async () => {
    admin ??= await connect();
    const { rows: used } = await admin.query<{ name: string; sequence: string | null }>(USED);
    if (used.length === 0) return;
    const names = [...new Set(used.map(({ name }) => name))];
    await admin.query(
      [
        `LOCK TABLE ${names.join(', ')} IN EXCLUSIVE MODE`,
        ...names.map((name) => `DELETE FROM ${name}`),
        ...used.flatMap(({ sequence }) => (sequence === null ? [] : `SELECT setval('${sequence}', 1, false)`)),
      ].join('; '),
    );
    await admin.query(`VACUUM (INDEX_CLEANUP on) ${names.join(', ')}`);
  };
  return { clear, end: async () => admin?.end() };
}

/** The tables that take room or have given out numbers: asked of the catalogue, as reading all of them would take longer than the rest. */
const USED = {
  name: 'used-tables',
  text: `
    SELECT c.oid::regclass::text AS name, s.oid::regclass::text AS sequence
    FROM pg_class c
    LEFT JOIN (pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S') ON d.refobjid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND (pg_relation_size(c.oid) > 0 OR pg_sequence_last_value(s.oid) IS NOT NULL)`,
};

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
