// Imports one ticket of the export.
import { eq, getTableColumns, inArray, max, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { ZendeskError, type ZendeskMetricSet, type ZendeskTicket } from '../../zendesk/zendesk.ts';
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { followErased } from '../process/follow-erased.ts';
import { isScrubbed, observationFromRest, readStatus } from '../process/observation.ts';
import { type Compared, differs } from '../process/project.ts';
import { authorsOfTicket } from '../process/who-wrote.ts';
import { isFinished, snapshotFromRest } from '../projection/apply-snapshot.ts';
import type { TicketSnapshot } from '../projection/ticket-row.ts';
import { comments, tickets } from '../tables.ts';
import type { Conversation } from './read-conversations.ts';
import { lastSolveOf } from './reread-ticket.ts';

/** Each ticket is its own transaction; a few at once keep PostgreSQL busy without starving the webhooks. */
export const TICKETS_AT_ONCE = 4;

/** Zendesk's timestamps have whole seconds. */
const SECOND = 1_000;

/** The projection's fields that the export shows, and when the newest comment was made. */
export interface Known extends Compared {
  createdAt: Date;
  updatedAt: Date;
  erasedAt: Date | null;
  waitingSince: Date | null;
  waitEndedAt: Date | null;
  lastCommentAt: Date | null;
  /** The newest by the requester or another customer, or by a mail program in their name. */
  lastCustomerAt: Date | null;
}

export async function readKnown(db: Database, ids: readonly number[]): Promise<Map<number, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      ...getTableColumns(tickets),
      lastCommentAt: max(comments.createdAt),
      lastCustomerAt: sql<
        string | null
      >`max(${comments.createdAt}) FILTER (WHERE ${comments.author} = 'customer' OR ${comments.authorId} = ${tickets.requesterId})`.mapWith(
        comments.createdAt,
      ),
    })
    .from(tickets)
    .leftJoin(comments, eq(comments.ticketId, tickets.id))
    .where(inArray(tickets.id, [...ids]))
    .groupBy(tickets.id);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A ticket of the export, beside what is known of it. */
export interface Exported {
  ticket: ZendeskTicket;
  metrics: Partial<ZendeskMetricSet> | undefined;
  before: Known | undefined;
  cause: 'import' | 'repair';
}

/**
 * Comments cost a read per ticket. At import only tickets that were answered or reopened need them (the others wait since they were
 * created); at repair those with a comment that no webhook reported, solved ones too, those that the customer changed since, and open ones without a visible change: a comment
 * may have been made private or redacted.
 */
export function needsComments({ ticket, metrics, before, cause }: Exported): boolean {
  const isSolved = ticket.status === 'solved' || ticket.status === 'closed';
  if (isOver(ticket) && !(isSolved && before && cause === 'repair')) return false;
  if (before?.erasedAt || isStale(ticket, before)) return false;
  const answered = (metrics?.replies ?? 0) > 0;
  const reopened = (metrics?.reopens ?? 0) > 0;
  if (!before) return answered || reopened;
  const newest = metrics?.latest_comment_added_at;
  // Zendesk's timestamp has whole seconds, ours may have milliseconds of the same second.
  const missed = newest ? new Date(newest).getTime() > (before.lastCommentAt?.getTime() ?? 0) : answered;
  // Behind an agent's answer that was reported, a customer's message that was not is no newest comment.
  const updated = metrics?.requester_updated_at;
  const missedCustomer =
    cause === 'repair' &&
    updated != null &&
    Date.parse(updated) > (before.lastCustomerAt ?? before.createdAt).getTime();
  const unseen =
    cause === 'repair' && !isSolved && isChangedUnseen(before, snapshotFromRest(ticket, new Date(ticket.updated_at)));
  return unseen || missedCustomer || (missed && (cause === 'repair' || answered));
}

/** A permanently deleted ticket is erased, however late the deletion is noticed. */
const isStale = (ticket: ZendeskTicket, before: Known | undefined): boolean =>
  before !== undefined && new Date(ticket.updated_at) < before.updatedAt && !isScrubbed(ticket);

/** Something changed that no webhook reported, and it is not a field of the ticket. */
const isChangedUnseen = (before: Known, shown: TicketSnapshot): boolean =>
  shown.updatedAt > before.updatedAt && !differs(before, { ...shown, gone: before.gone });

/** The export also lists tickets that were deleted, archived or scrubbed. */
export const isOver = ({ status }: ZendeskTicket): boolean => isFinished(readStatus(status));

/** Reads the comments of one ticket; null: it was deleted meanwhile, and a later page tells so. Throws `ZendeskError`. */
export async function readOneConversation(
  { zendesk, clock }: Pick<PipelineDeps, 'zendesk' | 'clock'>,
  ticketId: number,
): Promise<Conversation | null> {
  try {
    const read = await zendesk.listComments(ticketId);
    return { comments: read, asOf: new Date(clock()) };
  } catch (error) {
    if (error instanceof ZendeskError && error.kind === 'not_found') return null;
    throw error;
  }
}

/** `conversation` null: its comments are not needed. Returns whether the ticket had something to decide. Throws `ZendeskError`. */
export async function importTicket(
  deps: PipelineDeps,
  { ticket, metrics, before, cause }: Exported,
  conversation: Conversation | null,
): Promise<boolean> {
  const readAt = new Date(deps.clock());
  if (before?.erasedAt) {
    const shown = snapshotFromRest(ticket, readAt);
    const snapshot = { ...shown, status: readStatus(shown.status) };
    const gone = ticket.status === 'deleted' ? ('deleted' as const) : null;
    await deps.db.transaction((tx) => followErased(tx, deps.hooks, [{ snapshot, gone }]));
    return false;
  }
  if (isStale(ticket, before)) return false;
  const said = conversation?.comments ?? null;
  const authorOf = await authorsOfTicket(deps, ticket, said ?? [], metrics?.replies);
  const hasMissed =
    said !== null ||
    (before !== undefined && (new Date(ticket.updated_at) > before.updatedAt || hasMissedSolve(before, metrics)));
  const solvedAt = hasMissed
    ? await lastSolveOf(deps, ticket, {
        comments: said,
        authorOf,
        reopens: metrics?.reopens,
        lastSolvedAt: conversation?.solvedAt,
      })
    : null;
  const observation = observationFromRest(ticket, cause, null, said, authorOf, readAt, solvedAt);
  const wholeAsOf = conversation ? { wholeAsOf: conversation.asOf } : {};
  return (await decideTicket(deps, { ...observation, ...wholeAsOf })) !== 'known';
}

/**
 * A customer's wait may have been ended by a solve: Zendesk shows the ticket as reopened, or solved later than the last solve
 * that we know. Everything after it may have been reported.
 */
function hasMissedSolve({ waitingSince, waitEndedAt }: Known, metrics: Exported['metrics']): boolean {
  const { reopens, solved_at: solvedAt } = metrics ?? {};
  if (waitingSince === null || !reopens) return false;
  if (waitEndedAt === null) return true;
  return typeof solvedAt === 'string' && Date.parse(solvedAt) - SECOND > waitEndedAt.getTime();
}
