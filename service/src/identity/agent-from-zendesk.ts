// Is this user an agent, and which tickets does Zendesk open to them?
import type { ZendeskAgent } from '../zendesk/zendesk.ts';
import type { Agent, TicketAccess } from './agent.ts';

export type NoAgentReason =
  /** Zendesk does not know the user, or deleted them. */
  'unknown' | 'end_user' | 'suspended';

export type AgentJudgement = { kind: 'agent'; agent: Agent } | { kind: 'refused'; reason: NoAgentReason };

export function agentFromZendesk(user: ZendeskAgent | null): AgentJudgement {
  if (!user?.active) return { kind: 'refused', reason: 'unknown' };
  if (user.suspended) return { kind: 'refused', reason: 'suspended' };
  if (user.role === 'end-user') return { kind: 'refused', reason: 'end_user' };
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
      sees: ticketAccess(user),
    },
  };
}

/** Admins see everything. A custom role replaces the user's own restriction; what nobody tells us counts as the narrowest. */
function ticketAccess(user: ZendeskAgent): TicketAccess {
  if (user.role === 'admin') return 'all';
  if (user.custom_role_id === null) return user.ticket_restriction ?? 'all';
  switch (user.ticket_access) {
    case 'all':
      return 'all';
    case 'within-groups':
    // Which groups are public we do not know, so their tickets stay closed here: narrower than Zendesk, never wider.
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
