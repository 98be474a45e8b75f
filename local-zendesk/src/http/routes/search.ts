// Routes for search.
import type { Call, Reply, Route } from '../call.ts';
import { searchExportBuckets } from '../limits/buckets.ts';
import { type List, linkTo, wantsCursor } from '../paging/list.ts';
import { cursorPage } from '../paging/paginate.ts';
import { errors, failed, ok } from '../replies.ts';
import { type Found, findResults, searchInOrder } from '../search/find-results.ts';
import { parseQuery } from '../search/parse-query.ts';

const CAP = 1_000;
const EXPORT_CURSOR_LIFE_MS = 3_600_000;

const missingQuery = (): Reply => failed(400, 'InvalidValue', 'The query parameter is required');

/** Offset pages only; the 1,000th result is the last one that can be reached. */
function search(call: Call): Reply {
  const { query } = call;
  if (!query.has('query')) return missingQuery();
  if (wantsCursor(query)) return failed(400, 'InvalidValue', 'page must be an integer');
  const size = Math.min(Number(query.get('per_page') ?? 100) || 100, 100);
  const page = Math.max(Number(query.get('page') ?? 1) || 1, 1);
  if (page * size > CAP) {
    const description = 'Invalid search: Requested response size was greater than Search Response Limits';
    return failed(422, 'invalid', description);
  }
  const found = searchInOrder(call);
  const link = (to: number): string => linkTo(call, { page: String(to) });
  return ok({
    results: found.slice((page - 1) * size, page * size).map((one) => one.show()),
    facets: null,
    next_page: page * size < found.length ? link(page + 1) : null,
    previous_page: page > 1 ? link(page - 1) : null,
    count: found.length,
  });
}

/** By `created_at` only; the type goes into `filter[type]`; a cursor dies after an hour. */
function exportResults(call: Call): Reply {
  const { query, account } = call;
  const type = query.get('filter[type]');
  if (!query.has('query')) return missingQuery();
  if (type === null) return failed(400, 'InvalidValue', 'filter[type] is required');
  const parsed = parseQuery(query.get('query') ?? '');
  if (parsed.types.length > 0)
    return failed(400, 'InvalidValue', 'type: belongs into filter[type], not into the query');
  const [madeAt, ...rest] = (query.get('page[after]') ?? '').split('.');
  const now = account.clock.now();
  if (query.has('page[after]') && now - Number(madeAt) > EXPORT_CURSOR_LIFE_MS) {
    return errors(400, 'InvalidPaginationParameter', 'The cursor has expired');
  }
  const inner = new URLSearchParams(query);
  inner.set('sort', 'created_at');
  if (!inner.has('page[size]')) inner.set('page[size]', '100');
  if (query.has('page[after]')) inner.set('page[after]', rest.join('.'));
  const list: List<Found> = {
    key: 'results',
    items: findResults(call, parsed, [type]),
    idOf: (one) => one.id,
    show: (one) => one.show(),
    cursorSorts: { created_at: (one) => one.created_at },
    maxSize: CAP,
  };
  const page = cursorPage({ ...call, query: inner }, list);
  if (!page.ok) return page.reply;
  const meta = page.paging['meta'] as { has_more: boolean; after_cursor: string | null };
  const after = meta.after_cursor === null ? null : `${now}.${meta.after_cursor}`;
  return ok({
    results: page.items.map((one) => one.show()),
    facets: null,
    meta: { has_more: meta.has_more, after_cursor: after, before_cursor: null },
    links: { prev: null, next: after === null ? null : linkTo(call, { 'page[after]': after }) },
  });
}

const scope = 'global';

export const searchRoutes: readonly Route[] = [
  { method: 'get', path: '/search', scope, handle: search },
  { method: 'get', path: '/search/count', scope, handle: (call) => ok({ count: searchInOrder(call).length }) },
  { method: 'get', path: '/search/export', scope, buckets: searchExportBuckets, handle: exportResults },
];
