// Ends a follow-up whose ticket was solved, closed or deleted.
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { TicketHook } from '../../tickets/index.ts';
import { followUps } from './tables.ts';

/** Somebody who reached the customer and then solved the ticket has closed it; without that it has expired. An outcome can be recorded later all the same. */
async function endFollowUps(tx: Queryable, ticketId: number, now: Date | SQL): Promise<void> {
  const underWay = and(eq(followUps.ticketId, ticketId), isNull(followUps.endedAt));
  await tx
    .update(followUps)
    .set({ state: 'closed', endedAt: now })
    .where(and(underWay, eq(followUps.state, 'contacted')));
  await tx.update(followUps).set({ state: 'expired', endedAt: now }).where(underWay);
}

export const followUpTicketHook: TicketHook = {
  onChange: async (tx, { after, solved, now }) => {
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
