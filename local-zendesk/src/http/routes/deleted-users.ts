// Routes for deleted users and for merging users.
import type { User } from '../../account/types.ts';
import { withBody } from '../bodies/parse-body.ts';
import { userBody } from '../bodies/people.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam } from '../params.ts';
import { failed, notFound, ok, replyTo } from '../replies.ts';
import { showUser } from '../shapes/user.ts';

/** The fields of a deleted user, fewer than those of a user. */
function showDeleted({ url }: Call, user: User): Record<string, unknown> {
  const shown = showUser(url, user);
  const keys = [
    'id',
    'name',
    'email',
    'created_at',
    'updated_at',
    'time_zone',
    'phone',
    'shared_phone_number',
    'photo',
  ];
  const rest = ['locale_id', 'locale', 'organization_id', 'role', 'active'];
  return {
    ...Object.fromEntries([...keys, ...rest].map((key) => [key, shown[key]])),
    url: url(`/deleted_users/${user.id}.json`),
  };
}

const deleted = ({ account }: Call): readonly User[] => account.users.list().filter(({ active }) => !active);

const list = (call: Call): Reply =>
  paginate<User>(call, {
    key: 'deleted_users',
    items: deleted(call),
    idOf: (user) => user.id,
    show: (user) => showDeleted(call, user),
  });

/** Permanently deleted users appear only in the list. */
function show(call: Call): Reply {
  const user = deleted(call).find(({ id, permanently_deleted: isGone }) => id === idParam(call) && !isGone);
  return user === undefined ? notFound() : ok({ deleted_user: showDeleted(call, user) });
}

const end = (call: Call): Reply =>
  replyTo(call.account.users.deletePermanently(idParam(call), call.by), (user) =>
    ok({ deleted_user: showDeleted(call, user) }),
  );

/** The user of the path goes, and their tickets become those of the user of the body. Agents and admins cannot be merged. */
const merge = (call: Call): Reply | Promise<Reply> =>
  withBody(call, userBody, ({ user: { id = Number.NaN } }) => {
    const { users, tickets } = call.account;
    const loser = users.find(idParam(call));
    const winner = users.find(id);
    if (loser === undefined || winner === undefined || !loser.active) return notFound();
    if (loser.id === winner.id || [loser, winner].some(({ role }) => role !== 'end-user'))
      return failed(422, 'RecordInvalid', 'Only two different end users can be merged');
    for (const ticket of tickets.list())
      if (ticket.requester_id === loser.id) tickets.update(ticket.id, { requester_id: winner.id }, call.by);
    users.delete(loser.id, call.by);
    return ok({ user: showUser(call.url, winner) });
  });

const scope = 'users';

export const deletedUserRoutes: readonly Route[] = [
  { method: 'get', path: '/deleted_users', scope, handle: list },
  { method: 'get', path: '/deleted_users/count', scope, handle: (call) => ok(countOf(call, deleted(call).length)) },
  { method: 'get', path: '/deleted_users/:id', scope, handle: show },
  { method: 'delete', path: '/deleted_users/:id', scope, role: 'admin', handle: end },
  { method: 'put', path: '/users/:id/merge', scope, handle: merge },
];
