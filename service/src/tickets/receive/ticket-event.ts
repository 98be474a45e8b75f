// Defines ticket events as the pipeline uses them, and lists the kinds that the service subscribes to.
import type { Priority, Status, TicketType } from '@deskwright/shared';

/** Events have three states that the REST API never shows (developer.zendesk.com, ticket events, `detail.status`). */
type EventStatus = Status | 'deleted' | 'archived' | 'scrubbed';

/** The ticket as it was when the event happened. Events do not contain custom fields: null means "unknown". */
export interface TicketSnapshot {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: EventStatus;
  readonly priority: Priority | null;
  readonly type: TicketType | null;
  /** In the policy's terms, see `readChannel`: `api`, where events say `web_service`. */
  readonly via: string | null;
  readonly tags: readonly string[];
  readonly groupId: number | null;
  readonly assigneeId: number | null;
  readonly requesterId: number | null;
  readonly submitterId: number | null;
  readonly organizationId: number | null;
  readonly brandId: number | null;
  readonly formId: number | null;
  readonly externalId: string | null;
  readonly isPublic: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface EventComment {
  readonly id: number;
  readonly body: string;
  readonly isPublic: boolean;
  readonly authorId: number | null;
  readonly authorName: string | null;
  /** Null: the event does not say whether an agent wrote it. */
  readonly isStaff: boolean | null;
}

interface EventMessage {
  readonly id: string;
  readonly body: string;
  /** `system`: a bot or a Zendesk trigger. */
  readonly author: 'customer' | 'agent' | 'system';
  /** Null: not a Zendesk user, or unknown. */
  readonly authorId: number | null;
}

/** What an event says about a comment that was made private or redacted; possibly nothing. */
interface CommentChange {
  readonly id: number | null;
  /** Its current text. */
  readonly body: string | null;
  /** Null: unchanged. */
  readonly isPublic: boolean | null;
}

/** What changed according to an event. `hint` only says "read this ticket" (a Zendesk trigger's webhook). */
export type TicketEventChange =
  | { readonly kind: 'created' }
  | { readonly kind: 'comment_added'; readonly comment: EventComment }
  /** A message of a messaging ticket, which is not a comment. */
  | { readonly kind: 'message_added'; readonly message: EventMessage }
  | { readonly kind: 'comment_changed'; readonly comment: CommentChange }
  | { readonly kind: 'status_changed'; readonly from: EventStatus | null; readonly to: EventStatus }
  | { readonly kind: 'tags_changed'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: 'group_changed'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'assignee_changed'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'merged' }
  | { readonly kind: 'marked_as_spam' }
  | { readonly kind: 'soft_deleted' }
  | { readonly kind: 'undeleted' }
  | { readonly kind: 'permanently_deleted' }
  /** A ticket event whose changes are only in `detail` (priority, subject, ...), an unknown one, or one of another family. */
  | { readonly kind: 'other' }
  | { readonly kind: 'hint' };

/** One event of the inbox. Delivery order is not guaranteed: use `occurredAt`, then `sequence`, never arrival. */
export interface TicketEvent {
  readonly inboxId: number;
  /** Without Zendesk's prefix: `ticket.status_changed`, `trigger`, `user.created`, `unknown`. */
  readonly type: string;
  /** Null: the event is not about a ticket. */
  readonly ticketId: number | null;
  /** Truncated to milliseconds. For a hint: when it arrived. */
  readonly occurredAt: Date;
  /** The actor; compared with our own user to avoid loops. */
  readonly actorId: number | null;
  /** Position among the events of one action; null if unknown. */
  readonly sequence: { readonly id: string; readonly position: number } | null;
  /** Null for hints, for other families and for an unreadable snapshot: then the ticket is read from Zendesk. */
  readonly detail: TicketSnapshot | null;
  readonly change: TicketEventChange;
}

/** Events that erase a user or change a ticket's customer (webhooks/event-types/user-events/). */
const USER_EVENTS = ['deleted', 'merged'].map((name) => `zen:event-type:user.${name}`);

/**
 * Every ticket event that changes data of the projection or of rules. Zendesk has no wildcards: each is subscribed to by
 * its name (developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/).
 */
const TICKET_EVENTS = [
  'created',
  'status_changed',
  'priority_changed',
  'type_changed',
  'subject_changed',
  'description_changed',
  'tags_changed',
  'custom_field_changed',
  'form_changed',
  'brand_changed',
  'group_assignment_changed',
  'agent_assignment_changed',
  'organization_changed',
  'requester_changed',
  'comment_added',
  'comment_made_private',
  'comment_redacted',
  'merged',
  'marked_as_spam',
  'soft_deleted',
  'undeleted',
  'permanently_deleted',
].map((name) => `zen:event-type:ticket.${name}`);

/** Messages of messaging tickets, which are not sent as comments (webhooks/event-types/messaging-events/). Not every account has it. */
export const MESSAGE_ADDED = 'zen:event-type:messaging_ticket.message_added';

export const EVENT_TYPES = [...TICKET_EVENTS, MESSAGE_ADDED, ...USER_EVENTS];
