// Determines the author of a message, by one rule for events, REST answers and the export.

import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { TicketActor } from '../hooks.ts';
import type { CommentRow } from '../projection/ticket-row.ts';
import type { TicketEvent } from '../receive/ticket-event.ts';
import type { PipelineDeps } from './deps.ts';

/** The kind of author at that time: a former agent was an agent then. */
export type AuthorOf = (authorId: number | null, at?: Date) => CommentRow['author'];

type Deps = Pick<PipelineDeps, 'directory'>;

/** By the known agents of the account: -1 is Zendesk itself, and everyone else is a customer. */
export function authorsOf({ directory }: Deps): AuthorOf {
  return (authorId, at) => {
    if (authorId === directory.me()) return 'us';
    if (authorId !== null && authorId < 0) return 'system';
    return directory.isAgent(authorId, at) ? 'agent' : 'customer';
  };
}

/**
 * Zendesk: "The submitter always becomes the author of the first comment on the ticket" (Tickets API, `submitter_id`). If nobody is named, or
 * Zendesk itself created the ticket for somebody, the requester is the author.
 */
export function firstAuthorId(submitterId: number | null | undefined, requesterId: number | null): number | null {
  return typeof submitterId === 'number' && submitterId > 0 ? submitterId : requesterId;
}

/** An author as the actor of a change. */
export const actorFrom = (author: CommentRow['author'], id: number | null): TicketActor => ({
  kind: author === 'system' ? 'zendesk' : author,
  id,
});

/** Who caused the event; null: it does not say. Only agents assign, tag and solve other people's tickets. */
export function actorOf({ actorId, occurredAt, change, detail }: TicketEvent, authorOf: AuthorOf): TicketActor | null {
  if (actorId === null) return null;
  const actor = actorFrom(authorOf(actorId, occurredAt), actorId);
  const isOwnTicket = actorId === detail?.requesterId || actorId === detail?.submitterId;
  return actor.kind === 'customer' && !isOwnTicket && !MADE_BY_ANYBODY.has(change.kind)
    ? { ...actor, kind: 'agent' }
    : actor;
}

/** People in copy write comments, which create and reopen tickets. */
const MADE_BY_ANYBODY: ReadonlySet<string> = new Set(['created', 'comment_added', 'status_changed']);

export interface Written {
  requesterId: number | null;
  /** Author of the first message. */
  submitterId: number | null;
  /** The comments that were read, oldest first; may be incomplete. */
  comments: readonly Pick<ZendeskComment, 'author_id' | 'public' | 'created_at' | 'via'>[];
  /** Zendesk's count of public replies by agents; omitted if unknown. */
  replies?: number | undefined;
}

/**
 * The same, after checking who may have been an agent before our first import: authors who are in no list of agents and are not the
 * requester. They were if Zendesk still says so, if they wrote a private comment other than by mail, or if Zendesk counts more agent replies
 * than the known agents have written. Costs a read of Zendesk per such person, at most once an hour. Throws `ZendeskError`.
 */
export async function learnAuthors(deps: Deps, written: Written): Promise<AuthorOf> {
  const authorOf = authorsOf(deps);
  const { requesterId, submitterId, comments, replies } = written;
  const authors = [firstAuthorId(submitterId, requesterId), ...comments.map((one) => one.author_id)];
  const unknown = [...new Set(authors)].flatMap((id) =>
    id === null || id === requesterId || authorOf(id) !== 'customer' ? [] : id,
  );
  if (unknown.length === 0) return authorOf;
  const staff = new Set<number>();
  for (const id of unknown) if (wrotePrivately(id, comments) || (await isStaff(deps, id))) staff.add(id);
  const withStaff: AuthorOf = (id, at) => {
    const author = authorOf(id, at);
    return author === 'customer' && id !== null && staff.has(id) ? 'agent' : author;
  };
  const [, ...later] = comments.filter((one) => one.public);
  const known = later.filter((one) => ['agent', 'us'].includes(withStaff(one.author_id, new Date(one.created_at))));
  if (comments.length > 0 && (replies ?? 0) > known.length) for (const id of unknown) staff.add(id);
  return withStaff;
}

/** An end user can only by mail, as neither requester nor CC (Zendesk help, "Understanding when email replies become public or private comments"). */
const wrotePrivately = (id: number, comments: Written['comments']): boolean =>
  comments.some((one) => one.author_id === id && !one.public && one.via?.channel !== 'email');

async function isStaff({ directory }: Deps, id: number): Promise<boolean> {
  const person = await directory.person(id);
  return person !== null && person.role !== 'end-user';
}

/** {@link learnAuthors} for a ticket of the REST API. */
export function authorsOfTicket(
  deps: Deps,
  { requester_id: requesterId, submitter_id: submitterId }: ZendeskTicket,
  comments: readonly ZendeskComment[],
  replies?: number,
): Promise<AuthorOf> {
  return learnAuthors(deps, { requesterId, submitterId, comments, replies });
}
