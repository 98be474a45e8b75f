// Adds a ticket to the projection that only Zendesk has.
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { lastSolveOf } from '../process/last-solve.ts';
import { observationFromRest } from '../process/observation.ts';
import { authorsOfTicket } from '../process/who-wrote.ts';

/**
 * Adds the ticket with its conversation and decides it like any other: one that was solved before the first import, or whose webhook
 * has not arrived although an agent already views it. Throws `ZendeskError`.
 */
export async function learnTicket(deps: PipelineDeps, ticket: ZendeskTicket): Promise<void> {
  const comments = await deps.zendesk.listComments(ticket.id);
  // Read some time ago: other observations of that second are newer.
  const askedAt = new Date(ticket.updated_at);
  const authorOf = await authorsOfTicket(deps, ticket, comments);
  const solvedAt = await lastSolveOf(deps, ticket, { comments, authorOf });
  await decideTicket(deps, observationFromRest(ticket, 'reread', null, comments, authorOf, askedAt, solvedAt));
}
