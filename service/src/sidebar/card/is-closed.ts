// Checks whether Zendesk accepts no more changes to the ticket.
import type { TicketRow } from '../../tickets/index.ts';

type Standing = Pick<TicketRow, 'status' | 'gone' | 'erasedAt'>;

/** Merged, deleted and spam tickets accept none either, and an erased ticket has no data left. */
export function isClosed({ status, gone, erasedAt }: Standing): boolean {
  return status === 'closed' || gone !== null || erasedAt !== null;
}

/** A solved ticket cannot be moved until it is reopened. */
export function canBePassedOn(ticket: Standing): boolean {
  return !isClosed(ticket) && ticket.status !== 'solved';
}
