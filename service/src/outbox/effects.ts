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
export type Effect =
  | { kind: 'ticket_change'; key: string; ticketId: number; cause: 'decision' | 'answer'; change: TicketChange }
  | { kind: 'invitation_mail'; key: string; ticketId: number; invitationId: number };

export type EffectKind = Effect['kind'];
export type TicketChangeEffect = Extract<Effect, { kind: 'ticket_change' }>;
/** The kinds that `ticket_change`'s own machinery (coalescing, stamps, bulk jobs) does not serve. */
export type HandledEffect = Exclude<Effect, { kind: 'ticket_change' }>;
