// What does the page know of the ticket it shows?
import type { TicketCard } from '@deskwright/shared/contract';
import type { Refusal } from '../api/refusal.ts';

export interface TicketView {
  readonly ticketId: number;
  /** The newest card, with steps as the agent ticked them even before the service agreed. Null: none came yet, or no right to it. */
  readonly card: TicketCard | null;
  /** Null: all is well. What is shown beside it is the last known card. */
  readonly trouble: Trouble | null;
}

export interface Trouble {
  readonly kind: Exclude<
    Refusal['kind'],
    | 'closed'
    | 'solved'
    | 'read_only'
    | 'no_such_group'
    | 'group_not_allowed'
    | 'conflict'
    | 'fields_missing'
    | 'too_many_requests'
  >;
  /** By the page's clock, epoch milliseconds. */
  readonly since: number;
}

/** The agent may read, and nothing that was shown is known to be wrong, but nothing can be done either. */
export function canAct(view: TicketView): boolean {
  return view.card !== null && view.trouble === null && !view.card.ticket.closed && view.card.rights.edit;
}
