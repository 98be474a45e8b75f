// Routes for users.
import type { UserInput } from '../../account/people-api.ts';
import type { User } from '../../account/types.ts';
import { withBody } from '../bodies/parse-body.ts';
import { userBody, usersBody } from '../bodies/people.ts';
import type { Call, Reply, Route } from '../call.ts';
import { userUpdateBuckets } from '../limits/buckets.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam, idsParam } from '../params.ts';
import { created, failed, invalidAttribute, notFound, ok, replyTo } from '../replies.ts';
import { showGroup, showOrganization } from '../shapes/organisation.ts';
import { ANONYMOUS_USER, showUser } from '../shapes/user.ts';
import { bulkRoutes } from './bulk.ts';

const listOf = (call: Call, users: readonly User[]): Reply =>
  paginate<User>(call, {
    key: 'users',
    items: users,
    idOf: (user) => user.id,
    show: (user) => showUser(call.url, user),
    cursorSorts: { name: (user) => user.name, updated_at: (user) => user.updated_at },
    beside: (page) => beside(call, page),
  });

function beside(call: Call, users: readonly User[]): Record<string, unknown> {
  const names = new Set((call.query.get('include') ?? '').split(','));
  const { account, url } = call;
  const ids = new Set(users.map((user) => user.organization_id));
  return {
    ...(names.has('groups') && { groups: account.groups.list().map((group) => showGroup(url, group)) }),
    ...(names.has('organizations') && {
      organizations: account.organizations
        .list()
        .filter((one) => ids.has(one.id))
        .map((one) => showOrganization(url, one)),
    }),
  };
}

/** `role=agent`, or `role[]=agent&role[]=admin`; and `external_id`. */
function list(call: Call): Reply {
  const roles = new Set([...call.query.getAll('role'), ...call.query.getAll('role[]')]);
  const externalId = call.query.get('external_id');
  return listOf(
    call,
    call.account.users
      .list()
      .filter((user) => user.active)
      .filter((user) => roles.size === 0 || roles.has(user.role))
      .filter((user) => externalId === null || user.external_id === externalId),
  );
}

/** Free words, `email:...`, `name:...`, `role:...` or an `external_id` parameter. */
function search(call: Call): Reply {
  const externalId = call.query.get('external_id');
  const query = (call.query.get('query') ?? call.query.get('name') ?? '').toLowerCase();
  const [, field, value] = /^(email|name|role):"?([^"]*)"?$/.exec(query) ?? [];
  const matches = (user: User): boolean => {
    if (externalId !== null) return user.external_id === externalId;
    if (field === 'email') return user.email === value;
    if (field === 'role') return user.role === value;
    if (field === 'name') return user.name.toLowerCase().includes(value ?? '');
    return `${user.name} ${user.email ?? ''}`.toLowerCase().includes(query);
  };
  return listOf(
    call,
    call.account.users.list().filter((user) => user.active && matches(user)),
  );
}

function showMany(call: Call): Reply {
  const externalIds = new Set((call.query.get('external_ids') ?? '').split(',').filter(Boolean));
  const ids = idsParam(call);
  if (ids.length > 100) return invalidAttribute('ids: at most 100 users can be shown at once');
  const byId = ids.flatMap((id) => call.account.users.find(id) ?? []);
  const byExternalId = call.account.users.list().filter((user) => externalIds.has(user.external_id ?? ''));
  return listOf(call, [...byId, ...byExternalId]);
}

/** Without valid credentials this answers 200 and an anonymous user: callers must check the id. */
function me(call: Call): Reply {
  const { user } = call.caller;
  return ok({ user: user === null ? ANONYMOUS_USER : { ...showUser(call.url, user), authenticity_token: 'local' } });
}

function show(call: Call): Reply {
  const user = call.account.users.find(idParam(call));
  return user === undefined ? notFound() : ok({ user: showUser(call.url, user), ...beside(call, [user]) });
}

/** The address alone: users have no other identities here. https://developer.zendesk.com/api-reference/ticketing/users/user_identities/ */
function identities(call: Call): Reply {
  const user = call.account.users.find(idParam(call));
  if (user === undefined) return notFound();
  const { id, email, verified, email_since: since } = user;
  const url = call.url(`/users/${id}/identities/${id}.json`);
  const stamps = { created_at: since, updated_at: since };
  const address = { url, id, user_id: id, type: 'email', value: email, verified, primary: true, ...stamps };
  return ok({ identities: email === null ? [] : [address], count: email === null ? 0 : 1 });
}

/** Agents write end users, and their own profile; what a member of the staff may do, only admins decide. */
function mayWrite({ caller }: Call, input: UserInput, target: User | undefined): boolean {
  if (caller.user?.role === 'admin') return true;
  const decidesRights =
    (input.role !== undefined && input.role !== (target?.role ?? 'end-user')) ||
    [input.ticket_restriction, input.custom_role_id, input.suspended].some((value) => value !== undefined);
  const isOther = target !== undefined && target.role !== 'end-user' && target.id !== caller.user?.id;
  return !decidesRights && !isOther;
}

const byExternalId = ({ account }: Call, id: string | null | undefined): User | undefined =>
  id ? account.users.list().find((user) => user.external_id === id) : undefined;

const forbidden = (): Reply => failed(403, 'Forbidden', 'Only admins may change what a member of the staff may do');

const create = (call: Call): Reply | Promise<Reply> =>
  withBody(call, userBody, ({ user: { id: _id, ...input } }) =>
    mayWrite(call, input, undefined)
      ? replyTo(call.account.users.create(input, call.by), (user) => created({ user: showUser(call.url, user) }))
      : forbidden(),
  );

const createOrUpdate = (call: Call): Reply | Promise<Reply> =>
  withBody(call, userBody, ({ user: input }) => {
    const { users } = call.account;
    const target =
      input.id === undefined
        ? (byExternalId(call, input.external_id) ?? users.findByEmail(input.email ?? ''))
        : users.find(input.id);
    if (!mayWrite(call, input, target)) return forbidden();
    return replyTo(users.createOrUpdate(input, call.by), ({ user, created: isNew }) =>
      (isNew ? created : ok)({ user: showUser(call.url, user) }),
    );
  });

const update = (call: Call): Reply | Promise<Reply> =>
  withBody(call, userBody, ({ user: { id: _id, ...input } }) => {
    const { users } = call.account;
    if (!mayWrite(call, input, users.find(idParam(call)))) return forbidden();
    return replyTo(users.update(idParam(call), input, call.by), (user) => ok({ user: showUser(call.url, user) }));
  });

function remove(call: Call): Reply {
  const { users } = call.account;
  const isStaff = (users.find(idParam(call))?.role ?? 'end-user') !== 'end-user';
  if (isStaff && call.caller.user?.role !== 'admin') return forbidden();
  return replyTo(users.delete(idParam(call), call.by), (user) => ok({ user: showUser(call.url, user) }));
}

const scope = 'users';

const bulk = bulkRoutes<UserInput & { id?: number | undefined }>({
  path: '/users',
  one: 'user',
  many: 'users',
  noun: 'User',
  scope,
  body: userBody,
  listBody: usersBody,
  create: ({ account, by }, input) => account.users.create(input, by),
  update: ({ account, by }, id, input) => account.users.update(id, input, by),
  createOrUpdate: ({ account, by }, input) => {
    const written = account.users.createOrUpdate(input, by);
    return written.ok ? { ok: true, value: { item: written.value.user, created: written.value.created } } : written;
  },
  remove: ({ account, by }, id) => account.users.delete(id, by),
  idOfExternal: (call, externalId) => byExternalId(call, externalId)?.id,
});

export const userRoutes: readonly Route[] = [
  { method: 'get', path: '/users', scope, handle: list },
  { method: 'post', path: '/users', scope, handle: create },
  { method: 'get', path: '/users/me', scope: 'none', role: 'anyone', handle: me },
  { method: 'get', path: '/users/count', scope, handle: (call) => ok(countOf(call, call.account.users.list().length)) },
  { method: 'get', path: '/users/search', scope, handle: search },
  { method: 'get', path: '/users/autocomplete', scope, handle: search },
  { method: 'get', path: '/users/show_many', scope, handle: showMany },
  { method: 'post', path: '/users/create_or_update', scope, buckets: userUpdateBuckets, handle: createOrUpdate },
  ...bulk,
  { method: 'get', path: '/users/:id', scope, handle: show },
  { method: 'get', path: '/users/:id/identities', scope, handle: identities },
  { method: 'put', path: '/users/:id', scope, buckets: userUpdateBuckets, handle: update },
  { method: 'delete', path: '/users/:id', scope, handle: remove },
];
