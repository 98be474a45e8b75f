// Which tickets may this agent see?
import type { Account } from '../../account/account.ts';
import { mayAgentSee } from '../../account/may-agent-see.ts';
import type { View } from '../../account/rules.ts';
import type { Ticket, User } from '../../account/types.ts';

/** Undefined for one that is not there, and for one that is not for this agent: who may not see it need not know which. */
export function findTicket(account: Account, agent: User, id: number): Ticket | undefined {
  const ticket = account.tickets.find(id);
  return ticket !== undefined && mayAgentSee(account, agent, ticket) ? ticket : undefined;
}

/** In the view's stored order. */
export function ticketsInView(account: Account, agent: User, view: View): readonly Ticket[] {
  return account.views.tickets(view, { viewerId: agent.id }).filter((ticket) => mayAgentSee(account, agent, ticket));
}
