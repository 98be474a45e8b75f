// Finds a ticket if the agent may see it.

import { eq } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';
import { answeredWithin } from '../../zendesk/with-time-limit.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import type { OnTicket } from '../actions/action.ts';
import { maySee, type SeenTicket } from '../identity/agent.ts';
import type { ApiDeps } from './api-deps.ts';

export type SeenAnswer =
  | { kind: 'seen' }
  /** Zendesk shows it to the agent, but the projection does not have it. */
  | { kind: 'seen_in_zendesk'; ticket: ZendeskTicket }
  /** Also if there is no such ticket: agents with restricted access must not learn which exist. */
  | { kind: 'hidden' }
  | { kind: 'not_there' };

export const HIDDEN = 'Zendesk does not show you this ticket.';

/**
 * Checked with the projection; Zendesk is called only for an unknown ticket. Throws `ZendeskError`, also when Zendesk
 * takes longer than `maxWaitMs`.
 */
export async function findSeenTicket(
  { db, zendesk }: Pick<ApiDeps, 'db' | 'zendesk'>,
  on: OnTicket,
  maxWaitMs: number,
): Promise<SeenAnswer> {
  const { groupId, assigneeId, organizationId, requesterId } = tickets;
  const [row] = await db
    .select({ groupId, assigneeId, organizationId, requesterId })
    .from(tickets)
    .where(eq(tickets.id, on.ticketId));
  return judgeSeen({ zendesk }, on, row ?? null, maxWaitMs);
}

/** As `findSeenTicket`, where the ticket has been read from the projection. Null: it is not there. */
export async function judgeSeen(
  { zendesk }: Pick<ApiDeps, 'zendesk'>,
  { ticketId, agent }: OnTicket,
  row: SeenTicket | null,
  maxWaitMs: number,
): Promise<SeenAnswer> {
  if (row) return maySee(agent, row) ? { kind: 'seen' } : { kind: 'hidden' };
  const ticket = await answeredWithin(zendesk.showTicket(ticketId), maxWaitMs);
  if (!ticket) return agent.sees === 'all' ? { kind: 'not_there' } : { kind: 'hidden' };
  const seen = maySee(agent, {
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    organizationId: ticket.organization_id,
    requesterId: ticket.requester_id,
  });
  return seen ? { kind: 'seen_in_zendesk', ticket } : { kind: 'hidden' };
}
