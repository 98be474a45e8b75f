// Adds a ticket to the projection that Zendesk has and we do not.
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { lastSolveOf } from '../process/last-solve.ts';
import { observationFromRest } from '../process/observation.ts';
import { authorsOfTicket } from '../process/who-wrote.ts';

/**
 * Takes the ticket in with its conversation and decides it like any other: one that was solved before the first import, or whose webhook
 * is still on its way while an agent looks at it already. Throws `ZendeskError`.
 */
export async function learnTicket(deps: PipelineDeps, ticket: ZendeskTicket): Promise<void> {
  const comments = await deps.zendesk.listComments(ticket.id);
  // Read some time ago: whatever else is heard of that second is newer.
  const askedAt = new Date(ticket.updated_at);
  const authorOf = await authorsOfTicket(deps, ticket, comments);
  const solvedAt = await lastSolveOf(deps, ticket, { comments, authorOf });
  await decideTicket(deps, observationFromRest(ticket, 'reread', null, comments, authorOf, askedAt, solvedAt));
}
