// Declares what listeners learn about a change of a ticket.
import type { Comment, Ticket } from './types.ts';

/** How a ticket came to differ. `updated` covers every field change and added comments. */
export type TicketChangeKind =
  | 'created'
  | 'updated'
  | 'comment_made_private'
  | 'comment_redacted'
  | 'merged'
  | 'marked_as_spam'
  | 'soft_deleted'
  | 'undeleted'
  | 'permanently_deleted';

/**
 * One change of one ticket, after the account's own triggers have run, so `after` is what a reader would see.
 * `before` is null for a new ticket. Both are frozen snapshots: listeners may keep them.
 */
export interface TicketChange {
  kind: TicketChangeKind;
  before: Ticket | null;
  after: Ticket;
  /** Comments added by this change (the first message of a new ticket included), oldest first; or the one made private or redacted. */
  comments: readonly Comment[];
  /** User who made the change; -1 is the system. */
  actorId: number;
  /** Epoch milliseconds on the account's clock. */
  at: number;
}

/** A trigger of the account asked for this webhook call (`notification_webhook`); the body is already rendered. */
export interface WebhookAction {
  webhookId: string;
  body: string;
  ticketId: number;
  at: number;
}
