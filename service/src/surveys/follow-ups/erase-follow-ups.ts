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
 * If both have one under way, one ends: there is one for each customer. The one stays whose customer nobody has reached yet; otherwise that of `into`. If
 * the other has no ticket yet, its answers join the one that stays, whose ticket tells of them.
 */
export async function mergeFollowUps(tx: Queryable, from: number, into: number): Promise<void> {
  const theirs = and(inArray(followUps.requesterId, [from, into]), isNull(followUps.endedAt));
  const underWay = await tx.select().from(followUps).where(theirs).orderBy(followUps.id).for('update');
  const [staying, ending] = underWay.toSorted((one, other) => {
    const reached = Number(one.contactedAt !== null) - Number(other.contactedAt !== null);
    return reached || Number(one.requesterId === from) - Number(other.requesterId === from);
  });
  if (ending && staying) {
    const state = ending.contactedAt === null ? 'expired' : 'closed';
    await tx.update(followUps).set({ state, endedAt: sql`now()` }).where(eq(followUps.id, ending.id));
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
