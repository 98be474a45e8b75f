// Routes for user tags.
import { withBody } from '../bodies/parse-body.ts';
import { tagsBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { idParam } from '../params.ts';
import { notFound, ok, replyTo } from '../replies.ts';

function list(call: Call): Reply {
  const user = call.account.users.find(idParam(call));
  return user === undefined ? notFound() : ok({ tags: user.tags });
}

type Change = (old: readonly string[], given: readonly string[]) => readonly string[];

const write =
  (status: number, change: Change) =>
  (call: Call): Reply | Promise<Reply> => {
    const user = call.account.users.find(idParam(call));
    if (user === undefined) return notFound();
    return withBody(call, tagsBody, ({ tags }) =>
      replyTo(call.account.users.update(user.id, { tags: change(user.tags, tags) }, call.by), (written) => ({
        status,
        body: { tags: written.tags },
      })),
    );
  };

const path = '/users/:id/tags';
const scope = 'users';

/** As with tickets: PUT adds, POST replaces all, DELETE removes. */
export const userTagRoutes: readonly Route[] = [
  { method: 'get', path, scope, handle: list },
  { method: 'put', path, scope, role: 'admin', handle: write(200, (old, given) => [...old, ...given]) },
  { method: 'post', path, scope, role: 'admin', handle: write(201, (_old, given) => given) },
  {
    method: 'delete',
    path,
    scope,
    role: 'admin',
    handle: write(200, (old, given) => old.filter((tag) => !given.includes(tag))),
  },
];
