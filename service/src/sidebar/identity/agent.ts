// Defines an agent: who they are, which tickets they may see and what they may change.
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';

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
interface AgentRights {
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

export type NoAgentReason =
  /** The user does not exist in Zendesk, or was deleted. */
  'unknown' | 'end_user' | 'suspended';

export type AgentJudgement = { kind: 'agent'; agent: Agent } | { kind: 'refused'; reason: NoAgentReason };

export function agentFromZendesk(user: ZendeskAgent | null): AgentJudgement {
  if (!user?.active) return { kind: 'refused', reason: 'unknown' };
  if (user.suspended) return { kind: 'refused', reason: 'suspended' };
  if (user.role === 'end-user') return { kind: 'refused', reason: 'end_user' };
  const sees = ticketAccess(user);
  return {
    kind: 'agent',
    agent: {
      id: user.id,
      name: user.name,
      email: user.email?.toLowerCase() ?? null,
      role: user.role,
      locale: user.locale ?? 'en-US',
      organizationId: user.organization_id,
      groupIds: user.group_ids,
      sees,
      may: rights(user, sees),
    },
  };
}

/** Admins see everything. A custom role replaces the user's own restriction; an unknown value counts as the narrowest. */
function ticketAccess(user: ZendeskAgent): TicketAccess {
  if (user.role === 'admin') return 'all';
  if (user.custom_role_id === null) return user.ticket_restriction ?? 'all';
  switch (user.ticket_access) {
    case 'all':
      return 'all';
    case 'within-groups':
    // Public groups cannot be recognised, so their tickets stay hidden here: narrower than Zendesk, never wider.
    case 'within-groups-and-public-groups':
      return 'groups';
    case 'within-organization':
      return 'organization';
    case 'assigned-only':
      return 'assigned';
    case null:
      return user.ticket_restriction ?? 'assigned';
  }
}

/**
 * Admins, and agents without a custom role, edit what they see. A role that Zendesk does not show grants nothing. Agents who see all tickets
 * assign them to any group, others to their own groups, unless the role says "any group":
 * https://support.zendesk.com/hc/en-us/articles/4408834893978
 */
function rights(user: ZendeskAgent, sees: TicketAccess): AgentRights {
  const byAccess = sees === 'all' ? 'any_group' : 'own_groups';
  if (user.role === 'admin' || user.custom_role_id === null) return { edit: true, editTags: true, assignTo: byAccess };
  const role = user.role_rights;
  if (role === null || !role.edit_tickets) return { edit: false, editTags: false, assignTo: 'own_groups' };
  return { edit: true, editTags: role.edit_tags, assignTo: role.assign_to_any_group ? 'any_group' : byAccess };
}
