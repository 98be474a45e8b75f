// Applies the database migrations of this version.
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

/** Any fixed number; every Deskwright process uses the same one. */
const LOCK = 4_600_460_046;
const FOLDER = fileURLToPath(new URL('../../../src/platform/storage/migrations', import.meta.url));

/**
 * Applies the SQL migrations that are missing, under an advisory lock, so that several processes may start at once.
 * Throws when the database cannot be reached or a migration fails (each runs in its own transaction).
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    throw new Error(`${placeOf(client)} cannot be used: ${causeOf(cause)}.`, { cause });
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER });
  } finally {
    await client.end();
  }
}

/** Without the password. */
function placeOf({ host, port, database }: pg.Client): string {
  return `The PostgreSQL database ${database ?? ''} at ${host}:${port} (DATABASE_URL)`;
}

/** Node reports a name with several addresses as an error without a message of its own. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(causeOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}
