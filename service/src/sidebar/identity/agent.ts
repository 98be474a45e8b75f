// Defines an agent: who they are, which tickets they may see and what they may change.

/** An agent of the Zendesk account; never an end user or suspended agent. */
export interface Agent {
  id: number;
  name: string;
  /** Lower case; null if Zendesk has none. */
  email: string | null;
  role: 'agent' | 'admin';
  /** BCP 47, as Zendesk writes it: `en-US`, `de`. */
  locale: string;
  organizationId: number | null;
  groupIds: readonly number[];
  sees: TicketAccess;
  may: AgentRights;
}

/** What the agent may change on a visible ticket in Zendesk. Our own login may do more, so only this limits them. */
export interface AgentRights {
  /** False for light agents, contributors and roles without `ticket_editing`: they can only read. */
  edit: boolean;
  /** Category and tier are tags on the ticket. Never true without `edit`. */
  editTags: boolean;
  /** Whether the agent may assign tickets to groups they do not belong to. */
  assignTo: 'any_group' | 'own_groups';
}

/** Zendesk's `ticket_restriction` of a user (`all` represents its null): https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export type TicketAccess = 'all' | 'groups' | 'organization' | 'assigned' | 'requested';

/** The fields of a ticket that determine who may see it. */
export interface SeenTicket {
  groupId: number | null;
  assigneeId: number | null;
  organizationId: number | null;
  requesterId: number | null;
}

/** Whether Zendesk would show this agent the ticket. */
export function maySee(agent: Agent, ticket: SeenTicket): boolean {
  switch (agent.sees) {
    case 'all':
      return true;
    case 'groups':
      return ticket.assigneeId === agent.id || (ticket.groupId !== null && agent.groupIds.includes(ticket.groupId));
    case 'organization':
      return agent.organizationId !== null && ticket.organizationId === agent.organizationId;
    case 'assigned':
      return ticket.assigneeId === agent.id;
    case 'requested':
      return ticket.requesterId === agent.id;
  }
}

/** Whether Zendesk would allow this agent to assign a ticket to the group. */
export function mayAssignTo({ may, groupIds }: Agent, groupId: number): boolean {
  return may.edit && (may.assignTo === 'any_group' || groupIds.includes(groupId));
}
