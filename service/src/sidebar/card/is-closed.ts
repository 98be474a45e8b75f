// Checks whether Zendesk accepts no more changes to the ticket.
import type { TicketRow } from '../../tickets/index.ts';

type Standing = Pick<TicketRow, 'status' | 'gone' | 'erasedAt'>;

/** What was merged, deleted or marked as spam takes none either, and of an erased one nothing is left to act on. */
export function isClosed({ status, gone, erasedAt }: Standing): boolean {
  return status === 'closed' || gone !== null || erasedAt !== null;
}

/** A solved ticket goes nowhere until somebody reopens it. */
export function canBePassedOn(ticket: Standing): boolean {
  return !isClosed(ticket) && ticket.status !== 'solved';
}
