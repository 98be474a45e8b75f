// Finds where a ticket can go: whether the group exists, whether this agent may send it there, and the form to fill in.

import type { Policy } from '@deskwright/shared';
import type { FormField, Named, Way } from '@deskwright/shared/contract';
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

export interface DepartmentGroup {
  readonly id: string;
  readonly name: string;
}

/** Departments of the policy by the id of their group; without those whose group does not exist in Zendesk or is not loaded yet. */
export function departmentGroups({
  inForce,
  directory,
}: Pick<CardContext, 'inForce' | 'directory'>): ReadonlyMap<number, DepartmentGroup> {
  const groups = new Map<number, DepartmentGroup>();
  for (const { id, name, group } of inForce.policy.departments) {
    const groupId = directory?.groupId(group) ?? null;
    if (groupId !== null) groups.set(groupId, { id, name });
  }
  return groups;
}

export function formFields(fields: Policy['escalation']['fields']): FormField[] {
  return fields.map(({ id, label, hint, required }) => ({ id, label, hint: hint ?? null, required }));
}
