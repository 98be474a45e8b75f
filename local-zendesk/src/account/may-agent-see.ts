// Decides which tickets an agent may see.
import type { Account } from './account.ts';
import type { Ticket, User } from './types.ts';

type SeenTicket = Pick<Ticket, 'group_id' | 'assignee_id' | 'organization_id' | 'requester_id'>;

/**
 * By the user's `ticket_restriction`; admins see all tickets. `groups` means those of the agent's own groups, and those assigned
 * to the agent. See https://developer.zendesk.com/api-reference/ticketing/users/users/
 */
export function mayAgentSee(account: Pick<Account, 'groups'>, agent: User, ticket: SeenTicket): boolean {
  if (agent.role === 'admin') return true;
  switch (agent.ticket_restriction) {
    case null:
      return true;
    case 'groups':
      return (
        ticket.assignee_id === agent.id ||
        (ticket.group_id !== null && account.groups.isMember(agent.id, ticket.group_id))
      );
    case 'organization':
      return agent.organization_id !== null && ticket.organization_id === agent.organization_id;
    case 'assigned':
      return ticket.assignee_id === agent.id;
    case 'requested':
      return ticket.requester_id === agent.id;
  }
}
