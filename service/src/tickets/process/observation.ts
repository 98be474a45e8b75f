// Defines an observation: one snapshot of a ticket and where it came from.
import { makeStorable } from '../../platform/storage/make-storable.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { isAutomaticReply, type ReceivedComment } from '../automatic/automatic-reply.ts';
import type { TicketActor, TicketNews } from '../hooks.ts';
import { type ChangedBy, goneAfter, isFinished, snapshotFromRest } from '../projection/apply-snapshot.ts';
import { type ChangedComment, isMessaging, messageCommentId } from '../projection/comment-changes.ts';
import type { CommentRow, TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import type { TicketSnapshot as EventSnapshot, TicketEvent } from '../receive/ticket-event.ts';
import { type AuthorOf, actorOf, firstAuthorId } from './who-wrote.ts';

/** Zendesk's timestamps have whole seconds. */
const SECOND = 1_000;

/** One observation of one ticket, from a webhook, the export or a read. */
export interface Observation {
  ticketId: number;
  /** Null for observations without an event. */
  inboxId: number | null;
  /** Further events that this observation covers: one read of a ticket covers all events that required it. */
  answers?: readonly number[];
  /** An event type, or `import`, `repair`, `reread`. */
  cause: string;
  by: ChangedBy;
  snapshot: TicketSnapshot;
  comments: CommentRow[];
  /** True: `comments` contains the first message under its own id. */
  hasFirst?: boolean;
  /** A solve that this observation shows, whatever happened later; omitted: only what the snapshot shows. */
  solvedAt?: Date | null;
  /** Set if `comments` is complete: when they were read from Zendesk. */
  wholeAsOf?: Date;
  /** A known comment that was made private or redacted. */
  changedComment?: ChangedComment;
  /** Undefined: unknown from this observation. */
  gone?: TicketRow['gone'];
  /** Zendesk has permanently deleted the ticket. */
  erased?: boolean;
  /** What its event says beside the snapshot. Omitted: there is no event, or it shows only a message. */
  reported?: { actor: TicketActor | null; position: number; change: TicketNews['change'] };
  /** The bodies of its events are not kept: they contain text of an erased customer. */
  bare?: boolean;
}

/** An observation from an event with a readable snapshot. */
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
    const author = unlessAutomatic(isStaff && judged === 'customer' ? 'agent' : judged, { body });
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
    reported: reportedBy(event, authorOf),
    erased: detail.status === 'scrubbed',
  };
}

/** What the event itself says: who did what. */
export function reportedBy(event: TicketEvent, authorOf: AuthorOf): NonNullable<Observation['reported']> {
  const { type, change, sequence } = event;
  return {
    actor: actorOf(event, authorOf),
    position: sequence?.position ?? 0,
    change: type === 'ticket.priority_changed' ? { kind: 'priority_changed' } : change,
  };
}

/**
 * An observation from a message of a messaging ticket. Its event shows nothing else of the ticket: `shown` is the stored or newly read ticket.
 * Messages of bots and Zendesk triggers are neither questions nor answers.
 */
export function observationFromMessage(event: TicketEvent, shown: TicketSnapshot): Observation | null {
  if (event.change.kind !== 'message_added') return null;
  const { id, author: writer, authorId, body } = event.change.message;
  const author = unlessAutomatic(writer, { body, channel: shown.via });
  const comment: CommentRow = {
    id: messageCommentId(shown.id, id, event.occurredAt),
    ticketId: shown.id,
    authorId,
    author,
    public: writer !== 'system',
    body,
    createdAt: event.occurredAt,
    messageId: id,
  };
  const { inboxId, type: cause } = event;
  return { ticketId: shown.id, inboxId, cause, by: 'others', snapshot: shown, comments: [comment] };
}

/** An event does not say which changes its actor made: its snapshot may show an agent's change whose own event arrives later. */
function changedBy({ actorId, change }: TicketEvent, me: number, authorOf: AuthorOf): ChangedBy {
  if (actorId === me) return 'us';
  return change.kind === 'created' && authorOf(actorId) === 'customer' ? 'customer' : 'others';
}

/**
 * An observation from a REST answer or the export, which lists deleted tickets too. Without comments, the description is the first message.
 * `solvedAt`: the newest solve, if it was read.
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

/** The text that replaces a permanently deleted ticket's text in the export and in events. */
const SCRUBBED = 'SCRUBBED';

/** Whether this marks a permanently deleted ticket in the export. */
export const isScrubbed = ({ status, subject }: ZendeskTicket): boolean => status === 'deleted' && subject === SCRUBBED;

/** Makes text storable, as for events: otherwise one mail with a NUL would stop the export for all tickets. */
function storable<T>(value: T): T {
  const text = JSON.stringify(value);
  const clean = makeStorable(text);
  return clean === text ? value : (JSON.parse(clean) as T);
}

/** Comments from Zendesk's list of a ticket's comments. */
export function rowsOfComments(
  snapshot: TicketSnapshot,
  comments: readonly ZendeskComment[],
  authorOf: AuthorOf,
): CommentRow[] {
  return comments.map((comment) => commentRow(snapshot, storable(comment), authorOf));
}

function commentRow(snapshot: TicketSnapshot, comment: ZendeskComment, authorOf: AuthorOf): CommentRow {
  const createdAt = new Date(comment.created_at);
  const { body, marks, via } = comment;
  const writer = authorOf(comment.author_id, createdAt);
  const opens = createdAt.getTime() < snapshot.createdAt.getTime() + SECOND;
  const received = { body, marks, channel: via?.channel ?? null, ...(opens && { subject: snapshot.subject }) };
  return {
    id: comment.id,
    ticketId: snapshot.id,
    authorId: comment.author_id,
    author: unlessAutomatic(writer, received),
    public: comment.public || isInConversation(writer, snapshot),
    body: comment.body,
    createdAt,
  };
}

/** Events and the export show the first message but not its comment id: the negative ticket id replaces it until all comments are read. */
function firstMessage(
  snapshot: TicketSnapshot,
  submitterId: number | null | undefined,
  isPublic: boolean,
  authorOf: AuthorOf,
): CommentRow {
  const authorId = firstAuthorId(submitterId, snapshot.requesterId);
  const writer = authorOf(authorId, snapshot.createdAt);
  const { subject, description: body, via: channel } = snapshot;
  return {
    id: -snapshot.id,
    ticketId: snapshot.id,
    authorId,
    author: unlessAutomatic(writer, { body, subject, channel }),
    public: isPublic || isInConversation(writer, snapshot),
    body: snapshot.description,
    createdAt: snapshot.createdAt,
  };
}

/** What a mail program sent counts as Zendesk's own comments do: it asks nothing and answers nothing. */
function unlessAutomatic(
  author: CommentRow['author'],
  received: Omit<ReceivedComment, 'author'>,
): CommentRow['author'] {
  const isPerson = author === 'customer' || author === 'agent';
  return isPerson && isAutomaticReply({ ...received, author }) ? 'system' : author;
}

/** Zendesk stores a customer's messages as private comments, although the customer can see them. */
function isInConversation(author: CommentRow['author'], { via }: TicketSnapshot): boolean {
  return author === 'customer' && isMessaging(via);
}

/** States that only events and the export have; a ticket read by itself is never deleted, and is closed when archived. */
export function readStatus(status: string): string {
  return status === 'archived' || status === 'scrubbed' || status === 'deleted' ? 'closed' : status;
}
