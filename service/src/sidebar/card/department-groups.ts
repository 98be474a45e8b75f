// Finds the groups of the account that are departments.
import type { CardContext } from './card-context.ts';

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
