// Checks whether a ticket can go somewhere and whether this agent may send it.
import type { Named, Way } from '@deskwright/shared/contract';
import { mayAssignTo } from '../identity/agent.ts';
import type { CardContext } from './card-context.ts';

/** Without a directory Zendesk has told no groups yet: then none is known to be missing or closed to the agent. */
export function way(
  { directory, agent }: Pick<CardContext, 'directory' | 'agent'>,
  { id, name }: Named,
  group: string,
): Way {
  const groupId = directory?.groupId(group) ?? null;
  return {
    id,
    name,
    missingGroup: directory !== null && groupId === null ? group : null,
    closedGroup: groupId === null || !agent.may.edit || mayAssignTo(agent, groupId) ? null : group,
  };
}
