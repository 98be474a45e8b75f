// Reads a ticket again from Zendesk.
import { decideTicket } from '../process/decide-ticket.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { markGone } from '../process/mark-gone.ts';
import { observationFromRest } from '../process/observation.ts';
import { authorsOfTicket } from '../process/who-wrote.ts';

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
