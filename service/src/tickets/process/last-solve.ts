// Finds when a reopened ticket was last solved.

import type { ZendeskComment, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { isFinished } from '../projection/apply-snapshot.ts';
import type { PipelineDeps } from './deps.ts';
import { readStatus } from './observation.ts';
import type { AuthorOf } from './who-wrote.ts';

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
