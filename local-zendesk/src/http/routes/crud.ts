// Builds list, show, create, update and delete routes of plain resources.
import type { z } from 'zod';
import type { Actor } from '../../account/actor.ts';
import type { Result } from '../../account/result.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { created, noContent, notFound, ok, relocated, replyTo } from '../replies.ts';

export interface Resource<T, Input> {
  /** `/groups`. */
  path: string;
  /** Names in the answers: `group`, `groups`. */
  one: string;
  many: string;
  scope: string;
  /** Who may write; default agents and admins. */
  writers?: 'admin';
  list: (call: Call) => readonly T[];
  find: (call: Call, id: number) => T | undefined;
  idOf: (item: T) => number;
  show: (call: Call, item: T) => unknown;
  body?: z.ZodType<Record<string, Input>>;
  create?: (call: Call, input: Input, by: Actor) => Result<T>;
  update?: (call: Call, id: number, input: Input, by: Actor) => Result<T>;
  remove?: (call: Call, id: number, by: Actor) => Result<T>;
  /** Whether an update answers with `Location`, too. */
  updatesTellLocation?: true;
}

type Handle = Route['handle'];

function writer<T, Input>(resource: Resource<T, Input>, act: (call: Call, input: Input) => Reply): Handle {
  const { body, one } = resource;
  if (body === undefined) throw new Error(`${resource.path} takes no bodies.`);
  return (call) => withBody(call, body, (parsed) => act(call, parsed[one] as Input));
}

export const listReply = <T, Input>(call: Call, resource: Resource<T, Input>, items: readonly T[]): Reply =>
  paginate(call, {
    key: resource.many,
    items,
    idOf: resource.idOf,
    show: (item) => resource.show(call, item),
  });

/** The routes which the resource can serve; special ones must come before, since `/:id` takes every word. */
export function crudRoutes<T, Input>(resource: Resource<T, Input>): readonly Route[] {
  const { path, one, scope, create, update, remove } = resource;
  const show = (call: Call, item: T): Record<string, unknown> => ({ [one]: resource.show(call, item) });
  const role = resource.writers === undefined ? {} : { role: resource.writers };
  const routes: Route[] = [
    { method: 'get', path, scope, handle: (call) => listReply(call, resource, resource.list(call)) },
    {
      method: 'get',
      path: `${path}/:id`,
      scope,
      handle: (call) => {
        const item = resource.find(call, idParam(call));
        return item === undefined ? notFound() : ok(show(call, item));
      },
    },
  ];
  if (create !== undefined) {
    const handle = writer(resource, (call, input) =>
      replyTo(create(call, input, call.by), (item) => created(show(call, item))),
    );
    routes.push({ method: 'post', path, scope, ...role, handle });
  }
  if (update !== undefined) {
    const answer = resource.updatesTellLocation ? relocated : ok;
    const handle = writer(resource, (call, input) =>
      replyTo(update(call, idParam(call), input, call.by), (item) => answer(show(call, item))),
    );
    routes.push({ method: 'put', path: `${path}/:id`, scope, ...role, handle });
  }
  if (remove !== undefined) {
    const handle: Handle = (call) => replyTo(remove(call, idParam(call), call.by), noContent);
    routes.push({ method: 'delete', path: `${path}/:id`, scope, ...role, handle });
  }
  return routes;
}
