// Erases what agents wrote about follow-ups, and reassigns them when a customer is merged.
import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { FOLLOW_UP_TICKET } from './follow-up-ticket.ts';
import { type FollowUpRow, followUpAnswers, followUps } from './tables.ts';

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

/**
 * If both have one under way, that of `from` ends: there is one for each customer. If it has no ticket yet, its answers join the other, whose
 * ticket tells of them.
 */
export async function mergeFollowUps(tx: Queryable, from: number, into: number): Promise<void> {
  const theirs = and(inArray(followUps.requesterId, [from, into]), isNull(followUps.endedAt));
  const underWay = await tx.select().from(followUps).where(theirs).orderBy(followUps.id).for('update');
  const [ending] = underWay.filter(({ requesterId }) => requesterId === from);
  const [staying] = underWay.filter(({ requesterId }) => requesterId === into);
  if (ending && staying) {
    await tx.update(followUps).set({ state: 'expired', endedAt: sql`now()` }).where(eq(followUps.id, ending.id));
    if (ending.ticketId === null) await joinAnswers(tx, ending.id, staying);
  }
  await tx.update(followUps).set({ requesterId: into }).where(eq(followUps.requesterId, from));
}

async function joinAnswers(tx: Queryable, from: number, { id, sourceTicketId }: FollowUpRow): Promise<void> {
  const { followUpId } = followUpAnswers;
  await tx.update(followUpAnswers).set({ followUpId: id, shown: null }).where(eq(followUpId, from));
  await recordEffect(tx, FOLLOW_UP_TICKET, {
    key: `follow-up:${id}:joined:${from}`,
    subjectId: sourceTicketId,
    payload: { followUpId: id },
  });
}
