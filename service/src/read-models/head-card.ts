// How does the ticket itself stand?
import type { Priority, Status } from '@deskwright/shared';
import type { TicketHead } from '@deskwright/shared/contract';
import type { TicketRow } from '../projection/ticket-row.ts';

export function headCard({ id, status, priority, gone }: TicketRow): TicketHead {
  return {
    id,
    status: status as Status,
    priority: priority as Priority | null,
    // What was merged, deleted or marked as spam takes no change either.
    closed: status === 'closed' || gone !== null,
  };
}
