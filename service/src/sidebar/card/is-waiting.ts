// Checks whether the customer is waiting for an agent.
import type { TicketRow } from '../../tickets/index.ts';

export function isWaiting(ticket: TicketRow): ticket is TicketRow & { waitingSince: Date } {
  return ticket.gone === null && ticket.waitingSince !== null;
}
