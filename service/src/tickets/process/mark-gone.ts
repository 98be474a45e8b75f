// Marks a ticket as deleted when Zendesk no longer has it.
import { eq } from 'drizzle-orm';
import { takeTicket } from '../projection/projection-store.ts';
import { tickets } from '../tables.ts';
import { supersedeWaitingDecision } from '../write/withdraw-changes.ts';
import type { PipelineDeps } from './deps.ts';
import { finishEvents } from './finish-events.ts';

/** Marks the ticket as deleted, cancels pending changes, and ends the events that led to it. */
export async function markGone(
  { db, clock, hooks }: PipelineDeps,
  ticketId: number,
  events: readonly number[],
): Promise<'not_open'> {
  await db.transaction(async (tx) => {
    const row = await takeTicket(tx, ticketId);
    // The timestamp prevents the export, which is a minute late, from restoring the ticket.
    const now = new Date(clock());
    await tx
      .update(tickets)
      .set({ gone: 'deleted', waitingSince: null, updatedAt: now, snapshotAt: now })
      .where(eq(tickets.id, ticketId));
    await supersedeWaitingDecision(tx, ticketId);
    for (const { onGone } of hooks) await onGone?.(tx, ticketId);
    await finishEvents(
      tx,
      events.map((id) => ({ id, outcome: row?.erasedAt ? 'erased' : 'not_open' })),
    );
  });
  return 'not_open';
}
