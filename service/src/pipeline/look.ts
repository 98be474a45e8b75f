// What do we learn about a ticket, and from where?
import type { TicketSnapshot as EventSnapshot, EventStatus, TicketEvent } from '../inbox/ticket-event.ts';
import { snapshotFromRest } from '../projection/snapshot-from-rest.ts';
import type { CommentRow, TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import type { ZendeskComment, ZendeskTicket } from '../zendesk/zendesk.ts';

/** One look at one ticket: what the pipeline takes in, whether it came by webhook, by the export or by a read. */
export interface Look {
  ticketId: number;
  /** Null for looks that no event brought. */
  inboxId: number | null;
  /** An event type, or `import`, `repair`, `reread`. */
  cause: string;
  by: 'us' | 'others';
  snapshot: TicketSnapshot;
  comments: CommentRow[];
  /** Undefined: this look does not say. */
  gone?: TicketRow['gone'];
}

/** Who wrote a comment, as far as waiting is concerned. */
export type AuthorOf = (authorId: number | null) => CommentRow['author'];

/** A look from an event that carries a readable snapshot. */
export function lookFromEvent(event: TicketEvent & { detail: EventSnapshot }, me: number, authorOf: AuthorOf): Look {
  const { detail, change } = event;
  const snapshot: TicketSnapshot = {
    ...detail,
    tags: [...detail.tags],
    status: readStatus(detail.status),
    customFields: null,
    snapshotAt: event.occurredAt,
  };
  const comments = [firstMessage(snapshot, authorOf(detail.submitterId), detail.isPublic)];
  if (change.kind === 'comment_added') {
    const { id, authorId, body, isPublic, isStaff } = change.comment;
    const author = isStaff && authorOf(authorId) === 'customer' ? 'agent' : authorOf(authorId);
    comments.push({ id, ticketId: detail.id, authorId, author, public: isPublic, body, createdAt: event.occurredAt });
  }
  const gone = goneAfter(event);
  return {
    ticketId: detail.id,
    inboxId: event.inboxId,
    cause: event.type,
    by: event.actorId === me ? 'us' : 'others',
    snapshot,
    comments,
    ...(gone === undefined ? {} : { gone }),
  };
}

/** A look from a REST answer. Without comments the first message stands for them, by its requester. */
export function lookFromRest(
  ticket: ZendeskTicket,
  cause: 'import' | 'repair' | 'reread' | 'trigger',
  inboxId: number | null,
  comments: readonly ZendeskComment[] | null,
  authorOf: AuthorOf,
  readAt: Date,
): Look {
  const snapshot = snapshotFromRest(ticket, readAt);
  return {
    ticketId: ticket.id,
    inboxId,
    cause,
    by: 'others',
    snapshot,
    comments: comments?.map((comment) => commentRow(ticket.id, comment, authorOf)) ?? [
      firstMessage(snapshot, authorOf(ticket.requester_id), true),
    ],
    ...(snapshot.tags.includes('closed_by_merge') ? { gone: 'merged' as const } : {}),
  };
}

function commentRow(ticketId: number, comment: ZendeskComment, authorOf: AuthorOf): CommentRow {
  return {
    id: comment.id,
    ticketId,
    authorId: comment.author_id,
    author: authorOf(comment.author_id),
    public: comment.public,
    body: comment.body,
    createdAt: new Date(comment.created_at),
  };
}

/**
 * Events and the export show the first message but not its comment id: minus the ticket's id stands in for it. The real one may come
 * to stand beside it; both say the same about waiting.
 */
function firstMessage(snapshot: TicketSnapshot, author: CommentRow['author'], isPublic: boolean): CommentRow {
  return {
    id: -snapshot.id,
    ticketId: snapshot.id,
    authorId: snapshot.requesterId,
    author,
    public: isPublic,
    body: snapshot.description,
    createdAt: snapshot.createdAt,
  };
}

/** The REST API shows archived tickets as closed and never shows deleted ones. */
function readStatus(status: EventStatus): string {
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
