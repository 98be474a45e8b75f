// Erases what agents wrote about follow-ups, and moves them to whom a customer was merged into.
import { and, eq, exists, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Queryable } from '../../platform/storage/database.ts';
import { followUps } from './tables.ts';

type Whose = { readonly tickets: readonly number[] } | { readonly customers: readonly number[] };

/** What was recorded stays without its words. One that has no ticket yet gets none. Returns how many notes are gone. */
export async function eraseFollowUps(tx: Queryable, whose: Whose, now: Date): Promise<number> {
  const theirs =
    'customers' in whose
      ? inArray(followUps.requesterId, [...whose.customers])
      : or(inArray(followUps.ticketId, [...whose.tickets]), inArray(followUps.sourceTicketId, [...whose.tickets]));
  await tx
    .update(followUps)
    .set({ state: 'expired', endedAt: now })
    .where(and(theirs, isNull(followUps.ticketId), isNull(followUps.endedAt)));
  const { rowCount } = await tx
    .update(followUps)
    .set({ note: '' })
    .where(and(theirs, ne(followUps.note, '')));
  return rowCount ?? 0;
}

/** If both have one under way, that of `from` ends: there is one for each customer. */
export async function mergeFollowUps(tx: Queryable, from: number, into: number): Promise<void> {
  const other = alias(followUps, 'other');
  const hasOther = exists(
    tx
      .select({ id: other.id })
      .from(other)
      .where(and(eq(other.requesterId, into), isNull(other.endedAt))),
  );
  const ofFrom = eq(followUps.requesterId, from);
  await tx
    .update(followUps)
    .set({ state: 'expired', endedAt: sql`now()` })
    .where(and(ofFrom, isNull(followUps.endedAt), hasOther));
  await tx.update(followUps).set({ requesterId: into }).where(ofFrom);
}
