// What may the service wish from the outside?
import type { Priority } from '@deskwright/shared';

/** What one wish changes on a ticket. Absent: leave alone. */
export interface TicketChange {
  addTags?: readonly string[];
  removeTags?: readonly string[];
  groupId?: number;
  priority?: Priority;
  /** Text of an internal note; never public. */
  note?: string;
  /** Brings the category and tier tags to what the projection says at the time of writing: one of each, or none where it has none. */
  placement?: 'as_projected';
  /** Leaves the group alone if an agent has the ticket at the time of writing: moving it would take it from them. */
  groupOnlyIfUnassigned?: true;
  /** Takes the ticket from its agent when it goes to another group: it is to be found in that group's queue. */
  unassign?: true;
}

/** `agent`: what somebody did in the sidebar. It goes first, is never superseded and never merged away. */
export type Cause = 'agent' | 'answer' | 'decision';

/**
 * A wish, a row in the outbox until done. `key` makes it idempotent: the same key is the same wish.
 * `cause` lets a newer decision supersede an older one that still waits, without touching a customer's answer or an agent's act.
 */
export interface Effect {
  kind: 'ticket_change';
  key: string;
  ticketId: number;
  cause: Cause;
  change: TicketChange;
}
