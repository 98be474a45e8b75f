// Defines an observation: one snapshot of a ticket and where it came from.
import { makeStorable } from '../../platform/storage/make-storable.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { type ChangedBy, isFinished } from '../projection/apply-snapshot.ts';
import type { ChangedComment } from '../projection/comment-changes.ts';
import { isMessaging, messageCommentId } from '../projection/message-id.ts';
import { snapshotFromRest } from '../projection/snapshot-from-rest.ts';
import type { CommentRow, TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import type { TicketSnapshot as EventSnapshot, TicketEvent } from '../receive/ticket-event.ts';
import { type AuthorOf, firstAuthorId } from './who-wrote.ts';

/** Zendesk's stamps have whole seconds. */
const SECOND = 1_000;

/** One observation of one ticket: what the pipeline takes in, whether it came by webhook, by the export or by a read. */
export interface Observation {
  ticketId: number;
  /** Null for observations that no event brought. */
  inboxId: number | null;
  /** Further events that this observation answers: one read of a ticket answers all that asked for it. */
  answers?: readonly number[];
  /** An event type, or `import`, `repair`, `reread`. */
  cause: string;
  by: ChangedBy;
  snapshot: TicketSnapshot;
  comments: CommentRow[];
  /** True: the first message is among `comments` under its own id. */
  hasFirst?: boolean;
  /** A solve that this observation tells of, whatever came after it; left out: none but what the snapshot shows. */
  solvedAt?: Date | null;
  /** Set where `comments` are all that Zendesk has: when it was asked for them. */
  wholeAsOf?: Date;
  /** A comment known before that was made private or redacted. */
  changedComment?: ChangedComment;
  /** Undefined: this observation does not say. */
  gone?: TicketRow['gone'];
  /** Zendesk has deleted the ticket for good. */
  erased?: boolean;
  /** Nothing is kept of the events that brought it: they hold words of somebody who was forgotten. */
  bare?: boolean;
}

/** An observation from an event that carries a readable snapshot. */
export function observationFromEvent(
  event: TicketEvent & { detail: EventSnapshot },
  me: number,
  authorOf: AuthorOf,
): Observation {
  const { detail, change } = event;
  const snapshot: TicketSnapshot = {
    ...detail,
    tags: [...detail.tags],
    status: readStatus(detail.status),
    customFields: null,
    snapshotAt: event.occurredAt,
  };
  const comments = [firstMessage(snapshot, detail.submitterId, detail.isPublic, authorOf)];
  if (change.kind === 'comment_added') {
    const { id, authorId, body, isPublic, isStaff } = change.comment;
    const judged = authorOf(authorId, event.occurredAt);
    const author = isStaff && judged === 'customer' ? 'agent' : judged;
    comments.push({ id, ticketId: detail.id, authorId, author, public: isPublic, body, createdAt: event.occurredAt });
  }
  const gone = goneAfter(event);
  return {
    ticketId: detail.id,
    inboxId: event.inboxId,
    cause: event.type,
    by: changedBy(event, me, authorOf),
    snapshot,
    comments,
    ...(change.kind === 'status_changed' && isFinished(change.to) ? { solvedAt: event.occurredAt } : {}),
    ...(gone === undefined ? {} : { gone }),
    erased: detail.status === 'scrubbed',
  };
}

/**
 * An observation from a message of a messaging ticket. Its event shows nothing else of the ticket: `shown` is the ticket as it is known or was read.
 * Bots and triggers of Zendesk neither ask nor answer.
 */
export function observationFromMessage(event: TicketEvent, shown: TicketSnapshot): Observation | null {
  if (event.change.kind !== 'message_added') return null;
  const { id, author, authorId, body } = event.change.message;
  const comment: CommentRow = {
    id: messageCommentId(shown.id, id, event.occurredAt),
    ticketId: shown.id,
    authorId,
    author,
    public: author !== 'system',
    body,
    createdAt: event.occurredAt,
    messageId: id,
  };
  const { inboxId, type: cause } = event;
  return { ticketId: shown.id, inboxId, cause, by: 'others', snapshot: shown, comments: [comment] };
}

/** Of later changes an event does not tell which part its actor made: a snapshot may show an agent's change whose own event is still to come. */
function changedBy({ actorId, change }: TicketEvent, me: number, authorOf: AuthorOf): ChangedBy {
  if (actorId === me) return 'us';
  return change.kind === 'created' && authorOf(actorId) === 'customer' ? 'customer' : 'others';
}

/**
 * An observation from a REST answer or the export, which lists deleted tickets too. Without comments the first message stands for them.
 * `solvedAt`: the newest solve, where it was asked for.
 */
export function observationFromRest(
  ticket: ZendeskTicket,
  cause: 'import' | 'repair' | 'reread' | 'trigger',
  inboxId: number | null,
  comments: readonly ZendeskComment[] | null,
  authorOf: AuthorOf,
  askedAt: Date,
  solvedAt: Date | null = null,
): Observation {
  const shown = snapshotFromRest(storable(ticket), askedAt);
  const snapshot = { ...shown, status: readStatus(shown.status) };
  const hasFirst = comments?.some((one) => Date.parse(one.created_at) < snapshot.createdAt.getTime() + SECOND) ?? false;
  return {
    ticketId: ticket.id,
    inboxId,
    cause,
    by: 'others',
    snapshot,
    comments: [
      ...(hasFirst ? [] : [firstMessage(snapshot, ticket.submitter_id, ticket.is_public ?? true, authorOf)]),
      ...rowsOfComments(snapshot, comments ?? [], authorOf),
    ],
    hasFirst,
    solvedAt,
    erased: isScrubbed(ticket),
    ...(comments && { wholeAsOf: askedAt }),
    gone: ticket.status === 'deleted' ? 'deleted' : snapshot.tags.includes('closed_by_merge') ? 'merged' : null,
  };
}

/** What stands for the words of a ticket that Zendesk has deleted for good, in the export and in events of it. */
const SCRUBBED = 'SCRUBBED';

/** Whether the export says by this that the ticket was deleted for good. */
export const isScrubbed = ({ status, subject }: ZendeskTicket): boolean => status === 'deleted' && subject === SCRUBBED;

/** Events are stored so that PostgreSQL can hold them; what is read from Zendesk must be too, or one mail with a NUL stops the export for all. */
function storable<T>(value: T): T {
  const text = JSON.stringify(value);
  const clean = makeStorable(text);
  return clean === text ? value : (JSON.parse(clean) as T);
}

/** As Zendesk's list of a ticket's comments has them. */
export function rowsOfComments(
  snapshot: TicketSnapshot,
  comments: readonly ZendeskComment[],
  authorOf: AuthorOf,
): CommentRow[] {
  return comments.map((comment) => commentRow(snapshot, storable(comment), authorOf));
}

function commentRow(snapshot: TicketSnapshot, comment: ZendeskComment, authorOf: AuthorOf): CommentRow {
  const createdAt = new Date(comment.created_at);
  const author = authorOf(comment.author_id, createdAt);
  return {
    id: comment.id,
    ticketId: snapshot.id,
    authorId: comment.author_id,
    author,
    public: comment.public || isInConversation(author, snapshot),
    body: comment.body,
    createdAt,
  };
}

/** Events and the export show the first message but not its comment id: minus the ticket's id stands in for it until all comments are read. */
function firstMessage(
  snapshot: TicketSnapshot,
  submitterId: number | null | undefined,
  isPublic: boolean,
  authorOf: AuthorOf,
): CommentRow {
  const authorId = firstAuthorId(submitterId, snapshot.requesterId);
  const author = authorOf(authorId, snapshot.createdAt);
  return {
    id: -snapshot.id,
    ticketId: snapshot.id,
    authorId,
    author,
    public: isPublic || isInConversation(author, snapshot),
    body: snapshot.description,
    createdAt: snapshot.createdAt,
  };
}

/** Zendesk keeps what a customer writes in messaging as private comments; the customer sees them all the same. */
function isInConversation(author: CommentRow['author'], { via }: TicketSnapshot): boolean {
  return author === 'customer' && isMessaging(via);
}

/** The states that only events and the export know; a ticket shown alone is never deleted, and closed when archived. */
export function readStatus(status: string): string {
  return status === 'archived' || status === 'scrubbed' || status === 'deleted' ? 'closed' : status;
}

function goneAfter({ change, detail }: TicketEvent): TicketRow['gone'] | undefined {
  switch (change.kind) {
    case 'merged':
      return 'merged';
    case 'marked_as_spam':
      return 'spam';
    case 'soft_deleted':
    case 'permanently_deleted':
      return 'deleted';
    case 'undeleted':
      return null;
    default:
      if (detail?.status === 'deleted') return 'deleted';
      return detail?.tags.includes('closed_by_merge') ? 'merged' : undefined;
  }
}
