// Stores groups and their memberships.
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import type { Group, GroupMembership } from './organisation.ts';
import type { Groups, Users } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok, type Result, refuse } from './result.ts';
import { defined } from './values.ts';

const pair = (userId: number, groupId: number): string => `${userId}/${groupId}`;

export function createGroups(core: Core, users: Users): Groups {
  const groups = createRecordStore<Group>(core, 'group', (group) => group.name);
  const memberships = createRecordStore<GroupMembership>(core, 'group_membership', (one) =>
    pair(one.user_id, one.group_id),
  );
  const pairs = new Set<string>();

  const setDefaultGroup = (userId: number, groupId: number, by: Actor): void => {
    for (const other of memberships.list().filter((one) => one.user_id === userId && one.default)) {
      memberships.change(other.id, { default: false }, by);
    }
    users.update(userId, { default_group_id: groupId }, by);
  };

  const addMember = (userId: number, groupId: number, by: Actor, makeDefault = false): Result<GroupMembership> => {
    const user = users.find(userId);
    if (user === undefined || user.role === 'end-user')
      return invalid('user_id', 'User must be an agent', 'InvalidValue');
    if (groups.find(groupId) === undefined) return invalid('group_id', 'Group is invalid', 'InvalidValue');
    if (pairs.has(pair(userId, groupId))) return invalid('user_id', 'User has already been taken', 'DuplicateValue');
    const isFirst = user.default_group_id === null;
    const at = core.stamp(by);
    const membership: GroupMembership = {
      id: core.nextId(),
      user_id: userId,
      group_id: groupId,
      default: makeDefault || isFirst,
      created_at: at,
      updated_at: at,
    };
    if (membership.default) setDefaultGroup(userId, groupId, by);
    pairs.add(pair(userId, groupId));
    return ok(memberships.add(membership, by));
  };

  const removeMember = (membershipId: number, by: Actor): Result<GroupMembership> => {
    const removed = memberships.remove(membershipId, by);
    if (removed.ok) pairs.delete(pair(removed.value.user_id, removed.value.group_id));
    return removed;
  };

  return {
    create: (input, by) => {
      if (!input.name?.trim()) return invalid('name', 'Name: cannot be blank', 'BlankValue');
      const at = core.stamp(by);
      const group: Group = {
        id: core.nextId(),
        name: input.name,
        description: input.description ?? '',
        default: input.default ?? groups.list().length === 0,
        deleted: false,
        is_public: input.is_public ?? true,
        created_at: at,
        updated_at: at,
      };
      return ok(groups.add(group, by));
    },
    update: (id, input, by) => groups.change(id, defined(input), by),
    delete: (id, by) => {
      for (const one of memberships.list().filter((member) => member.group_id === id)) removeMember(one.id, by);
      return groups.remove(id, by);
    },
    find: groups.find,
    list: groups.list,
    addMember,
    makeDefault: (membershipId, by) => {
      const membership = memberships.find(membershipId);
      if (membership === undefined) return refuse({ kind: 'not_found' });
      setDefaultGroup(membership.user_id, membership.group_id, by);
      return memberships.change(membershipId, { default: true }, by);
    },
    removeMember,
    findMembership: memberships.find,
    memberships: (filter = {}) =>
      memberships
        .list()
        .filter((one) => filter.user_id === undefined || one.user_id === filter.user_id)
        .filter((one) => filter.group_id === undefined || one.group_id === filter.group_id),
    isMember: (userId, groupId) => pairs.has(pair(userId, groupId)),
  };
}
