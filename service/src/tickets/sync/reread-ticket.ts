// Reads single tickets from Zendesk and decides them: unknown ones, outdated ones, and those that failed before.

import { aboutError } from '../../platform/errors/about-error.ts';
import { isOwnFailure } from '../../zendesk/classify-failure.ts';
import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { markGone } from '../process/follow-removal.ts';
import { observationFromRest, readStatus } from '../process/observation.ts';
import { type AuthorOf, authorsOfTicket } from '../process/who-wrote.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import { type DeadLetteredRecord, deadLetterRecords, deleteRetried, ticketsToRetry } from './unreadable-records.ts';

/**
 * The newest solve, from the ticket's audits; null if there was none or it makes no difference. Costs a read, so it is called only
 * where a solve can have ended a wait: for tickets that were reopened (`reopens`, if known), otherwise for those with more than one
 * question after the last answer. Throws `ZendeskError`.
 */
export async function lastSolveOf(
  { zendesk }: Pick<PipelineDeps, 'zendesk'>,
  ticket: ZendeskTicket,
  seen: {
    comments: readonly ZendeskComment[] | null;
    authorOf: AuthorOf;
    reopens?: number | undefined;
    /** Where the audits were read already. */
    lastSolvedAt?: string | null | undefined;
  },
): Promise<Date | null> {
  if (isFinished(readStatus(ticket.status))) return null;
  const reopened = seen.reopens === undefined ? unanswered(seen.comments ?? [], seen.authorOf) > 1 : seen.reopens > 0;
  const { lastSolvedAt = reopened ? await zendesk.lastSolvedAt(ticket.id) : null } = seen;
  const at = reopened ? lastSolvedAt : null;
  // Zendesk's timestamps have whole seconds: a question of the same second reopened the ticket.
  return at === null ? null : new Date(Date.parse(at) - 1);
}

function unanswered(comments: readonly ZendeskComment[], authorOf: AuthorOf): number {
  const said = comments.filter((one) => one.public);
  const byUs = said.map((one) => ['agent', 'us'].includes(authorOf(one.author_id, new Date(one.created_at))));
  return said.slice(byUs.lastIndexOf(true) + 1).length;
}

/**
 * Adds the ticket with its conversation and decides it like any other: one that was solved before the first import, or whose webhook
 * has not arrived although an agent already views it. Throws `ZendeskError`.
 */
export async function addTicket(deps: PipelineDeps, ticket: ZendeskTicket): Promise<void> {
  const comments = await deps.zendesk.listComments(ticket.id);
  // Read some time ago: other observations of that second are newer.
  const askedAt = new Date(ticket.updated_at);
  const authorOf = await authorsOfTicket(deps, ticket, comments);
  const solvedAt = await lastSolveOf(deps, ticket, { comments, authorOf });
  await decideTicket(deps, observationFromRest(ticket, 'reread', null, comments, authorOf, askedAt, solvedAt));
}

/** Reads the ticket again and decides it: after a 409, when our copy was outdated. Throws `ZendeskError`. */
export async function rereadTicket(deps: PipelineDeps, ticketId: number): Promise<void> {
  const askedAt = new Date(deps.clock());
  const ticket = await deps.zendesk.showTicket(ticketId);
  if (ticket === null) await markGone(deps, ticketId, []);
  else
    await decideTicket(
      deps,
      observationFromRest(ticket, 'reread', null, null, await authorsOfTicket(deps, ticket, []), askedAt),
    );
}

/** A failure may be temporary, so the ticket is retried after this long; an operator need not wait. */
const TRY_AGAIN_MS = 3_600_000;

/**
 * What to dead-letter after a ticket could not be processed. Throws `error` itself if the ticket is not the cause: while Zendesk or the database
 * is unavailable, or our login is refused, all tickets wait.
 */
export async function toUnreadableRecord(
  deps: PipelineDeps,
  ticketId: number,
  error: unknown,
): Promise<DeadLetteredRecord> {
  if (!(await isOwnFailure(deps, error))) throw error;
  const retryAt = new Date(deps.clock() + TRY_AGAIN_MS);
  return { kind: 'ticket', id: String(ticketId), ticketId, reason: aboutError(error).error, retryAt };
}

/** Reads and processes the tickets that are due for a retry; one that still fails is dead-lettered again. */
export async function retryDueRecords(deps: PipelineDeps, signal?: AbortSignal): Promise<void> {
  const now = new Date(deps.clock());
  for (const ticketId of await ticketsToRetry(deps.db, now)) {
    if (signal?.aborted) return;
    try {
      const ticket = await deps.zendesk.showTicket(ticketId);
      if (ticket) await addTicket(deps, ticket);
      else await markGone(deps, ticketId, []);
    } catch (error) {
      await deadLetterRecords(deps.db, [await toUnreadableRecord(deps, ticketId, error)]);
    }
    await deleteRetried(deps.db, ticketId, now);
  }
}
