// Ends a follow-up whose ticket was solved, closed or deleted, and opens another ticket for one whose ticket was merged.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketHook } from '../../tickets/index.ts';
import { FOLLOW_UP_TICKET } from './follow-up-ticket.ts';
import { followUpAnswers, followUps } from './tables.ts';

/** Somebody who reached the customer and then solved the ticket has closed it; without that it has expired. An outcome can be recorded later all the same. */
async function endFollowUps(tx: Queryable, ticketId: number, now: Date | SQL): Promise<void> {
  const underWay = and(eq(followUps.ticketId, ticketId), isNull(followUps.endedAt));
  await tx
    .update(followUps)
    .set({ state: 'closed', endedAt: now })
    .where(and(underWay, eq(followUps.state, 'contacted')));
  await tx.update(followUps).set({ state: 'expired', endedAt: now }).where(underWay);
}

/**
 * Zendesk closes a merged ticket and does not say which one it was merged into. Whoever merged it has not reached the customer: another ticket goes on with
 * it, under another key, by which the merged one is not found again.
 */
async function openAnotherTicket(tx: Queryable, ticketId: number): Promise<void> {
  const going = await tx
    .update(followUps)
    .set({ ticketId: null, action: 'new_ticket', key: sql`gen_random_uuid()` })
    .where(and(eq(followUps.ticketId, ticketId), isNull(followUps.endedAt), eq(followUps.state, 'open')))
    .returning();
  for (const { id, sourceTicketId } of going) {
    await tx.update(followUpAnswers).set({ shown: null }).where(eq(followUpAnswers.followUpId, id));
    await recordEffect(tx, FOLLOW_UP_TICKET, {
      key: `follow-up:${id}:merged:${ticketId}`,
      subjectId: sourceTicketId,
      payload: { followUpId: id },
    });
  }
}

export const followUpTicketHook: TicketHook = {
  onChange: async (tx, { before, after, solved, now }) => {
    if (after.gone === 'merged' && before?.gone !== 'merged') await openAnotherTicket(tx, after.id);
    if (solved || after.gone) await endFollowUps(tx, after.id, now);
  },
  onGone: (tx, ticketId) => endFollowUps(tx, ticketId, sql`now()`),
};

/** Whether the ticket follows up an answer: its customer is not asked about it once more. */
export async function isFollowUpTicket(tx: Queryable, ticketId: number): Promise<boolean> {
  const [found] = await tx
    .select({ id: followUps.id })
    .from(followUps)
    .where(eq(followUps.ticketId, ticketId))
    .limit(1);
  return found !== undefined;
}
