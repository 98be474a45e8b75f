// Ends follow-ups of erased customers and tickets, erases what agents wrote about them, and reassigns them when a customer is merged.
import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { takesChanges } from '../answers/put-on-ticket.ts';
import { FOLLOW_UP_TICKET } from './follow-up-ticket.ts';
import { type FollowUpRow, followUpAnswers, followUps } from './tables.ts';

type Whose = { readonly tickets: readonly number[] } | { readonly customers: readonly number[] };

/**
 * What was recorded stays without its words. Those of a forgotten customer end; of an erased ticket, those whose ticket it is, and those about it that have
 * none yet. The ticket says so. Returns how many agents' notes are gone.
 */
export async function eraseFollowUps(tx: Queryable, whose: Whose, now: Date): Promise<number> {
  const isForgotten = 'customers' in whose;
  const theirs = isForgotten
    ? inArray(followUps.requesterId, [...whose.customers])
    : or(inArray(followUps.ticketId, [...whose.tickets]), inArray(followUps.sourceTicketId, [...whose.tickets]));
  const ends = isForgotten
    ? theirs
    : and(theirs, or(isNull(followUps.ticketId), inArray(followUps.ticketId, [...whose.tickets])));
  const ended = await tx
    .update(followUps)
    .set({ state: sql`CASE ${followUps.state} WHEN 'contacted' THEN 'closed' ELSE 'expired' END`, endedAt: now })
    .where(and(ends, isNull(followUps.endedAt)))
    .returning();
  for (const one of ended) await tellOfErasure(tx, one);
  const { rowCount } = await tx
    .update(followUps)
    .set({ note: '' })
    .where(and(theirs, ne(followUps.note, '')));
  return rowCount ?? 0;
}

async function tellOfErasure(tx: Queryable, { id, ticketId }: FollowUpRow): Promise<void> {
  if (ticketId === null || !(await takesChanges(tx, ticketId))) return;
  const note = 'What this follow-up is about was erased. Nobody needs to speak to this customer: it has ended.';
  await recordTicketChange(tx, { key: `follow-up:${id}:erased`, ticketId, cause: 'answer', change: { note } });
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
