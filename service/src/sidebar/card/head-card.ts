// Builds the head of the card: the ticket's own state, and whether it is closed or the customer is waiting.
import type { Priority, Status } from '@deskwright/shared';
import type { TicketHead } from '@deskwright/shared/contract';
import type { TicketRow } from '../../tickets/index.ts';

export function headCard(ticket: TicketRow): TicketHead {
  return {
    id: ticket.id,
    status: ticket.status as Status,
    priority: ticket.priority as Priority | null,
    closed: isClosed(ticket),
  };
}

type TicketState = Pick<TicketRow, 'status' | 'gone' | 'erasedAt'>;

/** Merged, deleted and spam tickets accept none either, and an erased ticket has no data left. */
export function isClosed({ status, gone, erasedAt }: TicketState): boolean {
  return status === 'closed' || gone !== null || erasedAt !== null;
}

/** A solved ticket cannot be moved until it is reopened. */
export function canBePassedOn(ticket: TicketState): boolean {
  return !isClosed(ticket) && ticket.status !== 'solved';
}

export function isWaiting(ticket: TicketRow): ticket is TicketRow & { waitingSince: Date } {
  return ticket.gone === null && ticket.waitingSince !== null;
}
