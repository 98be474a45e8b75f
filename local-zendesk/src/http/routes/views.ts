// Routes for views.
import type { View, ViewInput } from '../../account/rules.ts';
import { withBody } from '../bodies/parse-body.ts';
import { viewBody, viewsUpdateBody } from '../bodies/rules.ts';
import type { Call, Reply, Route } from '../call.ts';
import { viewDefinitions } from '../definitions/view-definitions.ts';
import { countOf, idsParam } from '../params.ts';
import { noContent, notFound, ok, replyTo } from '../replies.ts';
import { showView } from '../shapes/view.ts';
import { findView, isVisible } from '../view-access.ts';
import { crudRoutes, listReply, type Resource } from './crud.ts';

const scope = 'ticket_views';
const COMPACT = 32;

const views: Resource<View, ViewInput> = {
  path: '/views',
  one: 'view',
  many: 'views',
  scope,
  list: (call) =>
    inAskedOrder(
      call,
      call.account.views.list().filter((view) => isVisible(call, view) && matchesFilters(call, view)),
    ),
  find: ({ account }, id) => account.views.find(id),
  idOf: (view) => view.id,
  show: ({ account, url }, view) => showView(account, url, view),
  body: viewBody,
  create: ({ account }, input, by) => account.views.create(input, by),
  update: ({ account }, id, input, by) => account.views.update(id, input, by),
  remove: ({ account }, id, by) => account.views.delete(id, by),
};

/** `access=personal|shared|account`, `active`, `group_id`. */
function matchesFilters({ query }: Call, view: View): boolean {
  const { restriction } = view;
  if (query.has('active') && String(view.active) !== query.get('active')) return false;
  if (query.has('group_id') && !(restriction?.type === 'Group' && String(restriction.id) === query.get('group_id'))) {
    return false;
  }
  switch (query.get('access')) {
    case 'personal':
      return restriction?.type === 'User';
    case 'shared':
      return restriction?.type !== 'User';
    case 'account':
      return restriction === null;
    default:
      return true;
  }
}

/** By position unless `sort_by` names title or time. */
function inAskedOrder({ query }: Call, list: readonly View[]): readonly View[] {
  const sign = query.get('sort_order') === 'desc' ? -1 : 1;
  const key = (view: View): string | number => {
    switch (query.get('sort_by')) {
      case 'alphabetical':
        return view.title.toLowerCase();
      case 'created_at':
        return view.created_at;
      case 'updated_at':
        return view.updated_at;
      default:
        return view.position;
    }
  };
  return list.toSorted((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
}

const listSome =
  (keep: (view: View, call: Call) => boolean): Route['handle'] =>
  (call) =>
    listReply(
      call,
      views,
      views.list(call).filter((view) => keep(view, call)),
    );

const compact: Route['handle'] = (call) =>
  listReply(
    call,
    views,
    views
      .list(call)
      .filter((view) => view.active)
      .slice(0, COMPACT),
  );

function show(call: Call): Reply {
  const view = findView(call);
  return view === undefined ? notFound() : ok({ view: showView(call.account, call.url, view) });
}

/** Only position and active: a view's order cannot be set here. */
function updateMany(call: Call): Reply | Promise<Reply> {
  return withBody(call, viewsUpdateBody, ({ views: rows }) => {
    const changed: View[] = [];
    for (const { id, ...input } of rows) {
      const result = call.account.views.update(id, input, call.by);
      if (!result.ok) return replyTo(result, ok);
      changed.push(result.value);
    }
    return ok({ views: changed.map((view) => showView(call.account, call.url, view)) });
  });
}

function destroyMany(call: Call): Reply {
  for (const id of idsParam(call)) call.account.views.delete(id, call.by);
  return noContent();
}

const search = (view: View, { query }: Call): boolean =>
  view.title.toLowerCase().includes((query.get('query') ?? '').toLowerCase());

const get = { method: 'get', scope } as const;
const [list, , create, update, remove] = crudRoutes(views);

export const viewRoutes: readonly Route[] = [
  ...(list === undefined ? [] : [list]),
  { ...get, path: '/views/active', handle: listSome((view) => view.active) },
  { ...get, path: '/views/compact', handle: compact },
  { ...get, path: '/views/count', handle: (call) => ok(countOf(call, views.list(call).length)) },
  { ...get, path: '/views/definitions', handle: (call) => ok({ definitions: viewDefinitions(call.account) }) },
  { ...get, path: '/views/search', handle: listSome(search) },
  { ...get, path: '/views/show_many', handle: listSome((view, call) => idsParam(call).includes(view.id)) },
  { method: 'put', path: '/views/update_many', scope, handle: updateMany },
  { method: 'delete', path: '/views/destroy_many', scope, handle: destroyMany },
  { ...get, path: '/views/:id', handle: show },
  ...[create, update, remove].flatMap((route) => route ?? []),
];
