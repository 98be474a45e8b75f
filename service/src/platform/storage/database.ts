// Connects to PostgreSQL.
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

export type Database = NodePgDatabase & { $client: pg.Pool };
/** A database or an open transaction. */
export type Queryable = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'>;

/**
 * Opens a pool. Drizzle's own `transaction` never releases a connection that is lost at its `BEGIN` (0.45), so after some restarts of
 * the server the pool would stay empty; here every connection is released. Errors of idle connections (the server restarts) go to `onIdleError`: the pool drops the connection and
 * the next query opens a new one, so the process need not exit. A query waits for a connection no longer than `connectWithinMs`.
 */
export function openDatabase(
  url: string,
  options: { max?: number; connectWithinMs?: number; onIdleError?: (error: Error) => void } = {},
): Database {
  const { max = 10, connectWithinMs = 5_000 } = options;
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: connectWithinMs });
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
