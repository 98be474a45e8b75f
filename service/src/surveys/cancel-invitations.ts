// Cancels scheduled surveys of tickets that were reopened, moved or deleted.
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { CancelReason } from './not-sent-reason.ts';
import { invitations } from './tables.ts';

/**
 * Cancels the ticket's invitations that have not been sent and stores the reason. Returns how many.
 * One that is being handed to the mail server at this moment is sent: it cannot be recalled.
 */
export async function cancelInvitations(tx: Queryable, ticketId: number, reason: CancelReason): Promise<number> {
  const cancelled = await tx
    .update(invitations)
    .set({ state: 'cancelled', reason, claimedUntil: null })
    .where(and(eq(invitations.ticketId, ticketId), eq(invitations.state, 'scheduled')))
    .returning({ id: invitations.id });
  return cancelled.length;
}
