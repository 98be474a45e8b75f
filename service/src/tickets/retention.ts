// Deletes events and effects that ended long ago.
import { sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';

/**
 * Events and effects are kept this long after they ended: long enough to explain a ticket and to know a late duplicate again, and no longer,
 * because bodies of events hold customers' words. Decisions stay: they are the log.
 */
const KEEP_DAYS = 30;
/** Rows taken at a time, so that no other work waits long for a lock. */
const AT_A_TIME = 5_000;

export interface Pruned {
  events: number;
  effects: number;
}

/** Deletes events and effects that ended more than 30 days before `now`. Parked ones stay until somebody has seen to them. */
export async function pruneFinished(db: Database, now: Date): Promise<Pruned> {
  const before = new Date(now.getTime() - KEEP_DAYS * 86_400_000).toISOString();
  const events = sql`DELETE FROM inbox WHERE id IN (
    SELECT id FROM inbox WHERE state IN ('decided', 'ignored') AND finished_at < ${before} LIMIT ${AT_A_TIME})`;
  const effects = sql`DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox WHERE state IN ('done', 'cancelled') AND finished_at < ${before} LIMIT ${AT_A_TIME})`;
  return { events: await repeat(db, events), effects: await repeat(db, effects) };
}

async function repeat(db: Database, statement: ReturnType<typeof sql>): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await db.execute(statement);
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_A_TIME) return total;
  }
}
