// Deletes events that ended long ago.
import { sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';

/**
 * How long events are kept after they ended: long enough to explain a ticket and to recognise a late duplicate, and no longer,
 * because event bodies contain customers' words. Decisions stay: they are the log.
 */
const KEEP_DAYS = 30;
/** Rows deleted at a time, so that no other work waits long for a lock. */
const AT_A_TIME = 5_000;

/** Deletes events that ended more than 30 days before `now`. Dead-lettered ones stay until an operator retries them. Returns how many. */
export async function pruneEvents(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_DAYS * 86_400_000).toISOString();
  let total = 0;
  for (;;) {
    const { rowCount } = await db.execute(sql`DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox WHERE state IN ('decided', 'ignored') AND finished_at < ${before} LIMIT ${AT_A_TIME})`);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_A_TIME) return total;
  }
}
