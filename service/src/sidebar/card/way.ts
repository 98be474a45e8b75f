// Checks whether a ticket can go to a tier or department, and whether this agent may send it there.
import type { Named, Way } from '@deskwright/shared/contract';
import { mayAssignTo } from '../identity/agent.ts';
import type { CardContext } from './card-context.ts';

/** While the directory is not open, no group counts as missing or as closed to the agent. */
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
