// Decides whether an agent may perform an action. Our own login may edit all tickets, so only this limits agents.
import type { Policy } from '@deskwright/shared';
import type { Directory } from '../../directory/directory.ts';
import { type Agent, mayAssignTo } from '../identity/agent.ts';
import { type Refused, refuse } from './action-result.ts';

export interface Permission {
  /** What the agent's role in Zendesk must allow: editing tickets, or also their tags, because category and tier are tags. */
  readonly right: 'edit' | 'edit_tags';
  /** Who may do this by the policy; if omitted or null, every agent whose role allows it. */
  readonly only?: (policy: Policy) => Only | null;
}

/** Allows agents in the group of one of the tiers, and named agents. */
interface Only {
  /** Ids of tiers. */
  readonly tiers?: readonly string[];
  /** E-mail addresses, in lower case. */
  readonly agents?: readonly string[];
}

const READ_ONLY =
  'Your role in Zendesk does not let you edit tickets, so you can only read here. An admin can change your role.';
const NO_TAGS =
  'Your role in Zendesk does not let you edit tags, and the category is one. Ask an agent who can, or ask an admin to change your role.';

/** What decides about an action, beside the ticket and the agent. */
export interface ActionSetting {
  readonly policy: Policy;
  readonly directory: Pick<Directory, 'groupId' | 'nameOf' | 'refresh'>;
}

/** Null: allowed. A tier whose group does not exist in Zendesk allows nobody. */
export function whyNotAllowed(
  { policy, directory }: ActionSetting,
  { right, only }: Permission,
  agent: Agent,
): Refused | null {
  if (!agent.may.edit) return refuse('read_only', READ_ONLY);
  if (right === 'edit_tags' && !agent.may.editTags) return refuse('read_only', NO_TAGS);
  const allowed = only?.(policy);
  if (!allowed) return null;
  const { tiers = [], agents = [] } = allowed;
  if (agent.email !== null && agents.includes(agent.email)) return null;
  const allowedTiers = policy.tiers.filter(({ id }) => tiers.includes(id));
  const isInTier = allowedTiers.some(({ group }) => {
    const groupId = directory.groupId(group);
    return groupId !== null && agent.groupIds.includes(groupId);
  });
  if (isInTier) return null;
  const who = [...allowedTiers.map(({ name }) => name), ...agents].join(', ');
  return refuse('forbidden', `The policy does not allow you to do this. Allowed: ${who || 'nobody'}.`);
}

/**
 * For an action that moves the ticket: null if the agent may assign tickets to the group.
 * @param name the group's name in Zendesk
 */
export function whyNotAssign(agent: Agent, groupId: number, name: string | null): Refused | null {
  if (mayAssignTo(agent, groupId)) return null;
  const group = name ?? String(groupId);
  return refuse(
    'group_not_allowed',
    `Your role in Zendesk does not let you assign tickets to the group "${group}". Ask an agent who can, or ask an admin to change your role.`,
    { group },
  );
}
