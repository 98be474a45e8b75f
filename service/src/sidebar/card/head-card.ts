// Builds the head of the card: the ticket's own state.

import type { Priority, Status } from '@deskwright/shared';
import type { TicketHead } from '@deskwright/shared/contract';
import type { TicketRow } from '../../tickets/index.ts';
import { isClosed } from './is-closed.ts';

export function headCard(ticket: TicketRow): TicketHead {
  return {
    id: ticket.id,
    status: ticket.status as Status,
    priority: ticket.priority as Priority | null,
    closed: isClosed(ticket),
  };
}
