// Does Zendesk take no change of this ticket any more?
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';

/** What was merged, deleted or marked as spam takes none either. */
export function isClosed({ status, gone }: Pick<TicketRow, 'status' | 'gone'>): boolean {
  return status === 'closed' || gone !== null;
}

/** A solved ticket goes nowhere until somebody reopens it. */
export function canBePassedOn(ticket: Pick<TicketRow, 'status' | 'gone'>): boolean {
  return !isClosed(ticket) && ticket.status !== 'solved';
}
