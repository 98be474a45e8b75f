// May this agent do something with this ticket now?

import type { Queryable } from '../../platform/storage/database.ts';
import { takeTicket } from '../../tickets/projection/projection-store.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import { maySee } from '../identity/agent.ts';
import type { Act } from './act-deps.ts';
import { type Refused, refuse } from './act-result.ts';

const READ_ONLY =
  'Your role in Zendesk does not let you edit tickets, so you can read here but change nothing. An admin can change your role.';

/**
 * Takes the ticket for this transaction, so that acts, decisions and answers of Zendesk about it take turns. Who may see it is judged by
 * the row as it is then: it may have moved since the page was opened. Every act begins here: what is written goes out by our own login,
 * which may edit all tickets, so an agent whose role may not is refused.
 */
export async function takeTicketFor(tx: Queryable, { ticketId, agent }: Act): Promise<TicketRow | Refused> {
  const row = await takeTicket(tx, ticketId);
  // Who may not see all must not learn which tickets there are.
  if (!row && agent.sees === 'all') return refuse('not_found', `Ticket ${ticketId} is not known here (yet).`);
  if (!row || !maySee(agent, row)) return refuse('forbidden', 'Zendesk does not show you this ticket.');
  if (!agent.may.edit) return refuse('read_only', READ_ONLY);
  if (row.gone === 'merged') return refuse('closed', 'This ticket was merged into another one.');
  if (row.gone !== null) return refuse('closed', 'This ticket was deleted.');
  if (row.erasedAt)
    return refuse('closed', 'What Deskwright knew of this ticket was erased. Please go on with it in Zendesk itself.');
  if (row.status === 'closed')
    return refuse('closed', 'This ticket is closed; Zendesk does not let anybody change it.');
  return row;
}

export const isRefused = (taken: TicketRow | Refused): taken is Refused => 'refusal' in taken;
