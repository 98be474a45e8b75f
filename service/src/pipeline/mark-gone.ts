// What if Zendesk no longer shows the ticket?
import { eq } from 'drizzle-orm';
import { supersedeWaitingDecision } from '../outbox/supersede-waiting-decision.ts';
import { takeTicket } from '../projection/projection-store.ts';
import { inbox, tickets } from '../storage/schema.ts';
import { cancelInvitations } from '../surveys/cancel-invitations.ts';
import type { PipelineDeps } from './deps.ts';

/** Marks the ticket deleted, withdraws what was still wished for it, and ends the event that made us look. */
export async function markGone(
  { db, clock }: PipelineDeps,
  ticketId: number,
  inboxId: number | null,
): Promise<'not_open'> {
  await db.transaction(async (tx) => {
    await takeTicket(tx, ticketId);
    // The moment keeps the export, which is a minute late, from bringing the ticket back as it was before.
    const now = new Date(clock());
    await tx
      .update(tickets)
      .set({ gone: 'deleted', waitingSince: null, updatedAt: now, snapshotAt: now })
      .where(eq(tickets.id, ticketId));
    await supersedeWaitingDecision(tx, ticketId);
    await cancelInvitations(tx, ticketId, 'deleted');
    if (inboxId === null) return;
    await tx.update(inbox).set({ state: 'decided', outcome: 'not_open', finishedAt: now }).where(eq(inbox.id, inboxId));
  });
  return 'not_open';
}
