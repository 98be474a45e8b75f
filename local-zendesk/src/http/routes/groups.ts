// Routes for groups and memberships.

import type { Group, GroupInput, GroupMembership } from '../../account/organisation.ts';
import { withBody } from '../bodies/parse-body.ts';
import { groupBody, membershipBody, membershipsBody } from '../bodies/people.ts';
import type { Call, Reply, Route } from '../call.ts';
import { replyWithJob } from '../jobs/reply-with-job.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam, idsParam } from '../params.ts';
import { created, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showGroup, showMembership } from '../shapes/organisation.ts';
import { showUser } from '../shapes/user.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'groups';

const groups: Resource<Group, GroupInput> = {
  path: '/groups',
  one: 'group',
  many: 'groups',
  scope,
  writers: 'admin',
  updatesTellLocation: true,
  list: ({ account }) => account.groups.list(),
  find: ({ account }, id) => account.groups.find(id),
  idOf: (group) => group.id,
  show: ({ url }, group) => showGroup(url, group),
  body: groupBody,
  create: ({ account }, input, by) => account.groups.create(input, by),
  update: ({ account }, id, input, by) => account.groups.update(id, input, by),
  remove: ({ account }, id, by) => account.groups.delete(id, by),
};

const memberships =
  (filterBy: 'user_id' | 'group_id' | null) =>
  (call: Call): Reply =>
    paginate<GroupMembership>(call, {
      key: 'group_memberships',
      items: call.account.groups.memberships(filterBy === null ? {} : { [filterBy]: idParam(call) }),
      idOf: (one) => one.id,
      show: (one) => showMembership(call.url, one),
    });

function showOne(call: Call): Reply {
  const membership = call.account.groups.findMembership(idParam(call));
  return membership === undefined ? notFound() : ok({ group_membership: showMembership(call.url, membership) });
}

function join(call: Call): Reply | Promise<Reply> {
  return withBody(call, membershipBody, ({ group_membership: { user_id, group_id, default: isDefault } }) =>
    replyTo(call.account.groups.addMember(user_id ?? idParam(call), group_id, call.by, isDefault), (membership) =>
      created({ group_membership: showMembership(call.url, membership) }),
    ),
  );
}

/** A refused row does not affect the others. */
function joinMany(call: Call): Reply | Promise<Reply> {
  const { groups: all } = call.account;
  return withBody(call, membershipsBody, ({ group_memberships: rows }) =>
    replyWithJob(call, 'Bulk Create GroupMembership', rows.length, () =>
      rows.map(({ user_id, group_id, default: isDefault }, index) => {
        const made = all.addMember(user_id, group_id, call.by, isDefault);
        return made.ok
          ? { index, id: made.value.id }
          : { index, error: 'RecordInvalid', details: 'The membership cannot be made' };
      }),
    ),
  );
}

function leaveMany(call: Call): Reply {
  const ids = idsParam(call);
  return replyWithJob(call, 'Bulk Delete GroupMembership', ids.length, () =>
    ids.map((id, index) =>
      call.account.groups.removeMember(id, call.by).ok
        ? { id, action: 'delete', success: true, status: 'Deleted' }
        : { index, id, error: 'RecordNotFound', details: 'Record not found' },
    ),
  );
}

function makeDefault(call: Call): Reply {
  const membership = call.account.groups.findMembership(idParam(call, 'membershipId'));
  if (membership?.user_id !== idParam(call)) return notFound();
  return replyTo(call.account.groups.makeDefault(membership.id, call.by), () => memberships('user_id')(call));
}

function groupsOfUser(call: Call): Reply {
  const ids = new Set(call.account.groups.memberships({ user_id: idParam(call) }).map((one) => one.group_id));
  return listReply(
    call,
    groups,
    call.account.groups.list().filter((group) => ids.has(group.id)),
  );
}

function usersOfGroup(call: Call): Reply {
  const ids = call.account.groups.memberships({ group_id: idParam(call) }).map((one) => one.user_id);
  return paginate(call, {
    key: 'users',
    items: ids.flatMap((id) => call.account.users.find(id) ?? []),
    idOf: (user) => user.id,
    show: (user) => showUser(call.url, user),
  });
}

const all: Route['handle'] = (call) => listReply(call, groups, call.account.groups.list());
const get = { method: 'get', scope } as const;

export const groupRoutes: readonly Route[] = [
  { ...get, path: '/groups/assignable', handle: all },
  { ...get, path: '/groups/count', handle: (call) => ok(countOf(call, call.account.groups.list().length)) },
  { ...get, path: '/groups/:id/memberships', handle: memberships('group_id') },
  { ...get, path: '/groups/:id/memberships/assignable', handle: memberships('group_id') },
  { ...get, path: '/groups/:id/users', handle: usersOfGroup },
  ...crudRoutes(groups),
  { ...get, path: '/group_memberships', handle: memberships(null) },
  { ...get, path: '/group_memberships/assignable', handle: memberships(null) },
  { method: 'post', path: '/group_memberships/create_many', scope, role: 'admin', handle: joinMany },
  { method: 'delete', path: '/group_memberships/destroy_many', scope, role: 'admin', handle: leaveMany },
  { ...get, path: '/group_memberships/:id', handle: showOne },
  { method: 'post', path: '/group_memberships', scope, role: 'admin', handle: join },
  {
    method: 'delete',
    path: '/group_memberships/:id',
    scope,
    role: 'admin',
    handle: (call) => replyTo(call.account.groups.removeMember(idParam(call), call.by), noContent),
  },
  { ...get, path: '/users/:id/group_memberships', handle: memberships('user_id') },
  { method: 'post', path: '/users/:id/group_memberships', scope, role: 'admin', handle: join },
  {
    method: 'put',
    path: '/users/:id/group_memberships/:membershipId/make_default',
    scope,
    role: 'admin',
    handle: makeDefault,
  },
  { ...get, path: '/users/:id/groups', handle: groupsOfUser },
];
