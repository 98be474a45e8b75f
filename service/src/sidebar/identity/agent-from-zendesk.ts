// Derives an agent's access and permissions from their user in Zendesk.
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';
import type { Agent, AgentRights, TicketAccess } from './agent.ts';

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
