// What does Zendesk itself say about the ticket now?
import { decideTicket } from './decide-ticket.ts';
import type { PipelineDeps } from './deps.ts';
import { lookFromRest } from './look.ts';
import { markGone } from './mark-gone.ts';
import { authorsOfTicket } from './who-wrote.ts';

/** Reads the ticket anew and decides it again: after a 409, when our picture of it was stale. Throws `ZendeskError`. */
export async function rereadTicket(deps: PipelineDeps, ticketId: number): Promise<void> {
  const askedAt = new Date(deps.clock());
  const ticket = await deps.zendesk.showTicket(ticketId);
  if (ticket === null) await markGone(deps, ticketId, []);
  else
    await decideTicket(
      deps,
      lookFromRest(ticket, 'reread', null, null, await authorsOfTicket(deps, ticket, []), askedAt),
    );
}
