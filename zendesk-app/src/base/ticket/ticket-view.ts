// Describes the ticket that the page shows.
import type { TicketCard } from '@deskwright/shared/contract';
import type { Refusal, RefusalKind } from '../service/refusal.ts';

export interface TicketView {
  readonly ticketId: number;
  /** The newest card, with the agent's own changes shown before the service confirms them. Null: not loaded yet, or no access. */
  readonly card: TicketCard | null;
  /** Null: the card is current. Otherwise `card` is the last one that was loaded. */
  readonly problem: LoadProblem | null;
  /** Names of the other agents who have the ticket open. */
  readonly viewers: readonly string[];
}

/** Why the card could not be loaded. */
export type LoadProblem = Extract<RefusalKind, 'unreachable' | 'session_ended' | 'forbidden' | 'not_found' | 'failed'>;

/** Whether the agent may change anything from here now. */
export function canAct(view: TicketView): boolean {
  return view.card !== null && view.problem === null && !view.card.ticket.closed && view.card.rights.edit;
}

/** Too many requests count as unreachable, because waiting helps in both cases. */
export function toLoadProblem({ kind }: Refusal): LoadProblem {
  switch (kind) {
    case 'unreachable':
    case 'session_ended':
    case 'forbidden':
    case 'not_found':
      return kind;
    case 'too_many_requests':
      return 'unreachable';
    default:
      return 'failed';
  }
}
