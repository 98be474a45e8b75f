// Connects to PostgreSQL, applies migrations, and runs work in one process at a time.
import { fileURLToPath } from 'node:url';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { sqlStateOf } from '../errors/external-error.ts';

export type Database = NodePgDatabase & { $client: pg.Pool };
/** A database or an open transaction. */
export type Queryable = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Opens a pool. Drizzle's own `transaction` never releases a connection that is lost at its `BEGIN` (0.45), so after some restarts of
 * the server the pool would stay empty; here every connection is released. Errors of idle connections (the server restarts) go to `onIdleError`: the pool drops the connection and
 * the next query opens a new one, so the process need not exit. A query waits for a connection no longer than `connectWithinMs`, and the server ends it
 * after `statementMs`.
 */
export function openDatabase(
  url: string,
  options: {
    max?: number;
    connectWithinMs?: number;
    statementMs?: number;
    onIdleError?: (error: Error) => void;
  } = {},
): Database {
  const { max = 10, connectWithinMs = 5_000, statementMs } = options;
  // The pool waits for it. As a parameter of the connection, poolers in between would refuse it.
  const limit = (client: pg.ClientBase): unknown => client.query(`SET statement_timeout = ${statementMs}`);
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectWithinMs,
    ...(statementMs !== undefined && { onConnect: limit }),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // A connection lost in the middle of a transaction fails the query and also emits `error` on the client, which would end the process without a listener.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = drizzle(pool);
  db.transaction = async (work, config) => {
    const client = await pool.connect();
    try {
      return await drizzle(client).transaction(work, config);
    } finally {
      client.release();
    }
  };
  return db;
}

/** Runs `work` under an advisory lock held by a separate connection, so that it ends with the process. Null: another process holds it. */
export async function withSessionLock<T>(db: Database, lock: number, work: () => Promise<T>): Promise<T | null> {
  const client = await db.$client.connect();
  let broken = false;
  // The server restarted: the lock was lost with the connection, which must not return to the pool.
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  try {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [lock]);
    if (!rows[0]?.taken) return null;
    try {
      return await work();
    } finally {
      if (!broken) await client.query('SELECT pg_advisory_unlock($1)', [lock]);
    }
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/** Any fixed number; every Deskwright process uses the same one. */
const LOCK = 4_600_460_046;
const FOLDER = fileURLToPath(new URL('../../../src/platform/storage/migrations', import.meta.url));

/** As drizzle's own migrator has it, which takes any migration older than the newest applied one for applied. */
const APPLIED =
  'CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)';

/**
 * Applies the SQL migrations that are missing, under an advisory lock, so that several processes may start at once.
 * Throws when the database cannot be reached or a migration fails (all run in one transaction).
 * @param isOwner another role runs the service, which may create schemas: names in migrations then mean tables of `public` alone
 */
export async function migrate(databaseUrl: string, { isOwner = false } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    throw new Error(`${placeOf(client)} cannot be used: ${causeOf(cause)}.`, { cause });
  }
  try {
    if (isOwner) await client.query('SET search_path = public, pg_temp');
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await applyMissing(client);
  } catch (error) {
    if (sqlStateOf(error) !== FORBIDDEN) throw error;
    throw new Error(
      `${placeOf(client)} is not up to date, and role ${client.user} may not change that: ${causeOf(error)}. Run "deskwright migrate" with DATABASE_OWNER_URL.`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

/** A role that does not own the database can only find that nothing is missing. */
async function applyMissing(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there",
  );
  if (!rows[0]?.there) {
    await client.query('CREATE SCHEMA IF NOT EXISTS drizzle');
    await client.query(APPLIED);
  }
  await drizzle(client).transaction(async (tx) => {
    for (const { sql: statements, hash, folderMillis } of await readMissing(client)) {
      for (const statement of statements) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES (${hash}, ${folderMillis})`,
      );
    }
  });
}

/** SQLSTATE: the role lacks a right, or does not own what it would change. */
const FORBIDDEN = '42501';

/** Migrations of this version that the database lacks. Changes nothing. */
export const countPendingMigrations = async (db: Database): Promise<number> => (await readMissing(db.$client)).length;

/** In their order; also those older than one that was applied, because development adds them in any order. */
async function readMissing(db: pg.Client | pg.Pool): Promise<MigrationMeta[]> {
  const { rows } = await db.query<{ at: string }>('SELECT created_at AS at FROM drizzle.__drizzle_migrations');
  const applied = new Set(rows.map(({ at }) => Number(at)));
  return readMigrationFiles({ migrationsFolder: FOLDER }).filter(({ folderMillis }) => !applied.has(folderMillis));
}

/** Without the password. */
function placeOf({ host, port, database }: pg.Client): string {
  return `The PostgreSQL database ${database ?? ''} at ${host}:${port} (DATABASE_URL)`;
}

/** Node reports a name with several addresses as an error without a message of its own. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(causeOf).join(', ');
  if (error instanceof Error && error.cause !== undefined) return causeOf(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** `inArray` has a bind parameter for each id, of which PostgreSQL takes 65,535; this has one for all. */
export const isAmong = (column: SQLWrapper, ids: readonly number[]): SQL =>
  sql`${column} = ANY(${sql.param(`{${ids.join(',')}}`)}::bigint[])`;
