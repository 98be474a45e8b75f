// Runs work in one process at a time, under an advisory lock.
import type { Database } from './database.ts';

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
