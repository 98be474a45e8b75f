// What happens to wishes that were set aside?
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { outbox } from '../../platform/storage/schema.ts';

export interface ParkedWish {
  id: number;
  ticketId: number | null;
  attempts: number;
  /** Zendesk's answer, without customers' words. */
  reason: string | null;
  createdAt: Date;
}

/** Parked wishes, oldest first. */
export async function listParkedWishes(db: Queryable, limit = 100): Promise<ParkedWish[]> {
  const { id, ticketId, attempts, lastError, createdAt } = outbox;
  return db
    .select({ id, ticketId, attempts, reason: lastError, createdAt })
    .from(outbox)
    .where(eq(outbox.state, 'parked'))
    .orderBy(asc(outbox.id))
    .limit(limit);
}

/**
 * Makes parked wishes (all, or those of `ids`) due now and gives back how many. They go as in doubt: should one have been
 * written after all, its mark in the ticket's audits is found and nothing is written twice.
 */
export async function replayParkedWishes(db: Queryable, ids: readonly number[] | 'all'): Promise<number> {
  if (ids !== 'all' && ids.length === 0) return 0;
  const replayed = await db
    .update(outbox)
    .set({
      state: 'in_flight',
      attempts: 0,
      claims: sql`${outbox.claims} + 1`,
      unfinished: 0,
      dueAt: sql`now()`,
      claimedUntil: sql`now()`,
      lastError: null,
    })
    .where(and(eq(outbox.state, 'parked'), ids === 'all' ? undefined : inArray(outbox.id, [...ids])))
    .returning({ id: outbox.id });
  return replayed.length;
}
