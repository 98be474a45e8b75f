// Defines ticket events as the pipeline uses them.
import type { Priority, Status, TicketType } from '@deskwright/shared';

/** Events know three states the REST API never shows (developer.zendesk.com, ticket events, `detail.status`). */
type EventStatus = Status | 'deleted' | 'archived' | 'scrubbed';

/** The ticket as it was when the event happened. Custom fields are not in events: `null` there would mean "not known". */
export interface TicketSnapshot {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: EventStatus;
  readonly priority: Priority | null;
  readonly type: TicketType | null;
  /** In the policy's words, see `readChannel`: `api`, where events say `web_service`. */
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
  /** `system`: a bot or a trigger. */
  readonly author: 'customer' | 'agent' | 'system';
  /** Null: no user of Zendesk's, or not told. */
  readonly authorId: number | null;
}

/** What an event tells of a comment that was made private or redacted; Zendesk may tell nothing at all. */
interface CommentChange {
  readonly id: number | null;
  /** Its words as they are now. */
  readonly body: string | null;
  /** Null: as it was. */
  readonly isPublic: boolean | null;
}

/** What an event says has changed. `hint` says nothing but "look at this ticket" (a trigger's webhook). */
export type TicketEventChange =
  | { readonly kind: 'created' }
  | { readonly kind: 'comment_added'; readonly comment: EventComment }
  /** A message of a messaging ticket: it is in the conversation, and no comment. */
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
  /** A ticket event whose only news is in `detail` (priority, subject, ...), one we do not know, or another family's. */
  | { readonly kind: 'other' }
  | { readonly kind: 'hint' };

/** One event of the inbox. Order is not promised on the wire: trust `occurredAt`, then `sequence`, never arrival. */
export interface TicketEvent {
  readonly inboxId: number;
  /** Without Zendesk's prefix: `ticket.status_changed`, `trigger`, `user.created`, `unknown`. */
  readonly type: string;
  /** Null: the event is not about a ticket. */
  readonly ticketId: number | null;
  /** Milliseconds are kept, nanoseconds cut. For a hint: when it arrived. */
  readonly occurredAt: Date;
  /** Who did it; compare with our own user to break loops. */
  readonly actorId: number | null;
  /** Position among the events of one action; null when not told. */
  readonly sequence: { readonly id: string; readonly position: number } | null;
  /** Null for hints, for other families and for a snapshot we cannot read: then read the ticket from Zendesk. */
  readonly detail: TicketSnapshot | null;
  readonly change: TicketEventChange;
}
