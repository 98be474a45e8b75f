// Lists and retries dead-lettered events.
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';

export interface DeadLetteredEvent {
  id: number;
  type: string;
  ticketId: number | null;
  receivedAt: Date;
  attempts: number;
  error: string | null;
}

/** The longest reason stored; a list has no use for a stack trace. */
const LONGEST_REASON = 1_000;

/** Dead-letters an event with the reason, for an operator. Does nothing if it is finished. */
export async function deadLetterEvent(db: Queryable, id: number, reason: string, now: Date): Promise<void> {
  await db
    .update(inbox)
    .set({ state: 'parked', error: reason.slice(0, LONGEST_REASON), finishedAt: now })
    .where(and(eq(inbox.id, id), eq(inbox.state, 'waiting')));
}

/** Dead-lettered events, oldest first. */
export function listDeadLetteredEvents(db: Queryable, limit = 100): Promise<DeadLetteredEvent[]> {
  const { id, type, ticketId, receivedAt, attempts, error } = inbox;
  return db
    .select({ id, type, ticketId, receivedAt, attempts, error })
    .from(inbox)
    .where(eq(inbox.state, 'parked'))
    .orderBy(asc(inbox.id))
    .limit(limit);
}

/**
 * Retries dead-lettered events (all, or those in `ids`) as a new batch. Returns the batch to enqueue (null if there was
 * nothing to retry) and its number of events. Without a job the sweep finds them.
 */
export async function retryDeadLetteredEvents(
  db: Queryable,
  ids: readonly number[] | 'all',
): Promise<{ batch: number | null; replayed: number }> {
  if (ids !== 'all' && ids.length === 0) return { batch: null, replayed: 0 };
  const rows = await db
    .update(inbox)
    .set({
      state: 'waiting',
      batch: sql`(SELECT nextval('inbox_batch'))`,
      attempts: 0,
      heldBy: null,
      unfinished: 0,
      error: null,
      finishedAt: null,
    })
    .where(and(eq(inbox.state, 'parked'), ids === 'all' ? undefined : inArray(inbox.id, [...ids])))
    .returning({ batch: inbox.batch });
  return { batch: rows[0]?.batch ?? null, replayed: rows.length };
}
