// Which events wait, and in which batches?
import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { inbox } from '../storage/schema.ts';
import type { InboxRow } from './parse-ticket-event.ts';

/** The rows of a batch that nobody has finished, oldest first. Empty: another worker was quicker. */
export function readBatch(db: Queryable, batch: number): Promise<InboxRow[]> {
  return db.select().from(inbox).where(isWaiting(batch)).orderBy(asc(inbox.id));
}

/**
 * Like `readBatch`, and counts the attempt on every row first, in a transaction of its own: a row that kills the process
 * is counted too, so that it can be parked instead of killing every worker for ever.
 */
export async function claimBatch(db: Queryable, batch: number): Promise<InboxRow[]> {
  const rows = await db
    .update(inbox)
    .set({ attempts: sql`${inbox.attempts} + 1` })
    .where(isWaiting(batch))
    .returning();
  return rows.toSorted((a, b) => a.id - b.id);
}

/** Numbers of the batches that still have waiting rows received before `before`; at most `limit`, oldest first. */
export async function listWaitingBatches(db: Queryable, before: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ batch: inbox.batch })
    .from(inbox)
    .where(and(eq(inbox.state, 'waiting'), lt(inbox.receivedAt, before)))
    .orderBy(asc(inbox.batch))
    .limit(limit);
  return rows.map((row) => row.batch);
}

function isWaiting(batch: number) {
  return and(eq(inbox.state, 'waiting'), eq(inbox.batch, batch));
}
