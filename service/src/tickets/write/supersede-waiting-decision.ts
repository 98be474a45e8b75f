// What happens to an older decision that still waits when a newer one is made?
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { outbox } from '../../platform/storage/schema.ts';
import type { TicketChange, TicketChangePayload } from './ticket-change.ts';

/**
 * Cancels the changes of earlier decisions about the ticket that wait or are parked, and gives them back, oldest first, so that
 * the newer decision can take over what it still wants of them. A change on its way stays, with a mark: should it turn out not
 * to have arrived, it no longer places the ticket. Answers of customers are never touched.
 */
export async function supersedeWaitingDecision(tx: Queryable, ticketId: number): Promise<TicketChange[]> {
  const ofTicket = and(
    eq(outbox.ticketId, ticketId),
    eq(outbox.kind, 'ticket_change'),
    sql`${outbox.payload}->>'cause' = 'decision'`,
  );
  await tx
    .update(outbox)
    .set({ payload: sql`${outbox.payload} || '{"superseded": true}'` })
    .where(and(ofTicket, eq(outbox.state, 'in_flight')));
  const cancelled = await tx
    .update(outbox)
    .set({ state: 'cancelled', lastError: 'superseded by a newer decision', finishedAt: sql`now()` })
    .where(and(ofTicket, inArray(outbox.state, ['waiting', 'parked'])))
    .returning({ id: outbox.id, payload: outbox.payload });
  return cancelled.toSorted((a, b) => a.id - b.id).map((row) => (row.payload as TicketChangePayload).change);
}
