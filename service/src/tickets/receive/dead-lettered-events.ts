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

/** Longest reason kept; a stack trace in a list helps nobody. */
const LONGEST_REASON = 1_000;

/** Sets an event aside with the reason, for a person to look at. Does nothing to one that is finished. */
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
 * Lets dead-lettered events (all, or those of `ids`) be decided again, as a new batch. Gives back the batch to enqueue (null when there was
 * nothing to retry) and how many events it holds. Without a job the sweeper finds them.
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
