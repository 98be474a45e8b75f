// Routes for organization memberships. A user has at most one organization here.
import type { User } from '../../account/types.ts';
import { withBody } from '../bodies/parse-body.ts';
import { organizationMembershipBody } from '../bodies/people.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { created, failed, noContent, notFound, ok, replyTo } from '../replies.ts';

/** A membership has the number of its user, and is there while the user has an organization. */
const show = ({ account, url }: Call, user: User): Record<string, unknown> => ({
  url: url(`/organization_memberships/${user.id}.json`),
  id: user.id,
  user_id: user.id,
  organization_id: user.organization_id,
  organization_name: account.organizations.find(user.organization_id ?? 0)?.name ?? '',
  default: true,
  view_tickets: false,
  created_at: user.created_at,
  updated_at: user.updated_at,
});

const member = ({ account }: Call, id: number): User | undefined => {
  const user = account.users.find(id);
  return user === undefined || user.organization_id === null ? undefined : user;
};

const list =
  (keep: (user: User, call: Call) => boolean) =>
  (call: Call): Reply =>
    paginate<User>(call, {
      key: 'organization_memberships',
      items: call.account.users.list().filter((user) => user.organization_id !== null && keep(user, call)),
      idOf: (user) => user.id,
      show: (user) => show(call, user),
    });

function showOne(call: Call): Reply {
  const user = member(call, idParam(call));
  return user === undefined ? notFound() : ok({ organization_membership: show(call, user) });
}

function join(call: Call): Reply | Promise<Reply> {
  return withBody(call, organizationMembershipBody, ({ organization_membership: { user_id, organization_id } }) => {
    const id = user_id ?? idParam(call);
    if (member(call, id) !== undefined) return failed(422, 'RecordInvalid', 'The user has an organization already');
    if (call.account.organizations.find(organization_id) === undefined) return notFound();
    return replyTo(call.account.users.update(id, { organization_id }, call.by), (user) =>
      created({ organization_membership: show(call, user) }),
    );
  });
}

function leave(call: Call): Reply {
  const user = member(call, idParam(call));
  if (user === undefined) return notFound();
  return replyTo(call.account.users.update(user.id, { organization_id: null }, call.by), noContent);
}

const scope = 'organizations';
const path = '/organization_memberships';

export const organizationMembershipRoutes: readonly Route[] = [
  { method: 'get', scope, path, handle: list(() => true) },
  { method: 'post', scope, path, handle: join },
  { method: 'get', scope, path: `${path}/:id`, handle: showOne },
  { method: 'delete', scope, path: `${path}/:id`, handle: leave },
  { method: 'get', scope, path: `/users/:id${path}`, handle: list((user, call) => user.id === idParam(call)) },
  { method: 'post', scope, path: `/users/:id${path}`, handle: join },
  {
    method: 'get',
    scope,
    path: `/organizations/:id${path}`,
    handle: list((user, call) => user.organization_id === idParam(call)),
  },
];
