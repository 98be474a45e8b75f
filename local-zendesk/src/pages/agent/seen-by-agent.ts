// Finds tickets that an agent may see.
import type { Account } from '../../account/account.ts';
import { mayAgentSee } from '../../account/may-agent-see.ts';
import type { View } from '../../account/rules.ts';
import type { Ticket, User } from '../../account/types.ts';

/** Undefined if the ticket does not exist or this agent may not see it; which of the two is not revealed. */
export function findTicket(account: Account, agent: User, id: number): Ticket | undefined {
  const ticket = account.tickets.find(id);
  return ticket !== undefined && mayAgentSee(account, agent, ticket) ? ticket : undefined;
}

/** In the view's stored order. */
export function ticketsInView(account: Account, agent: User, view: View): readonly Ticket[] {
  return account.views.tickets(view, { viewerId: agent.id }).filter((ticket) => mayAgentSee(account, agent, ticket));
}
