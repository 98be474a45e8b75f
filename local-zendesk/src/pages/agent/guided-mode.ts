// Chooses the next ticket for an agent who plays a view.
import type { Account } from '../../account/account.ts';
import type { View } from '../../account/rules.ts';
import type { Ticket, User } from '../../account/types.ts';
import type { Presence } from './presence.ts';
import { ticketsInView } from './seen-by-agent.ts';

export interface GuidedMode {
  /** Restarts: tickets served before may be served again. */
  start(agent: User, view: View): void;
  /** The first ticket in the view's stored order that is for this agent; undefined at the end. */
  next(agent: User, view: View): Ticket | undefined;
}

/**
 * As Zendesk's guided mode: in the view's order, skipping tickets that another agent has open or is assigned to, and what this agent
 * skipped as it is. A ticket is served once in one run, so that one which stays in the view (pending, say) does not come at once again.
 */
export function createGuidedMode(account: Account, presence: Presence): GuidedMode {
  const served = new Map<string, Set<number>>();
  const keyOf = (agent: User, view: View) => `${agent.id}/${view.id}`;

  const isFor = (agent: User, ticket: Ticket): boolean => {
    if (ticket.assignee_id !== null && ticket.assignee_id !== agent.id) return false;
    if (presence.viewers(ticket.id).some((id) => id !== agent.id)) return false;
    // A skip holds until something happens on the ticket.
    return !account.skips
      .list({ ticket_id: ticket.id, user_id: agent.id })
      .some(({ created_at }) => created_at >= ticket.updated_at);
  };

  return {
    start: (agent, view) => void served.delete(keyOf(agent, view)),
    next: (agent, view) => {
      const already = served.get(keyOf(agent, view)) ?? new Set<number>();
      const ticket = ticketsInView(account, agent, view).find((one) => !already.has(one.id) && isFor(agent, one));
      if (ticket !== undefined) served.set(keyOf(agent, view), already.add(ticket.id));
      return ticket;
    },
  };
}
