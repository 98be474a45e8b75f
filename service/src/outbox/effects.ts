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
}

/**
 * A wish, a row in the outbox until done. `key` makes it idempotent: the same key is the same wish.
 * `cause` lets a newer decision supersede an older one that still waits, without touching a customer's answer.
 */
export interface Effect {
  kind: 'ticket_change';
  key: string;
  ticketId: number;
  cause: 'decision' | 'answer';
  change: TicketChange;
}
