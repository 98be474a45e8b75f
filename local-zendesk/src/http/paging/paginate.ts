// Chooses the kind of pagination and builds the page: by offset or by cursor.
import type { Call, Reply } from '../call.ts';
import { errors, failed, ok } from '../replies.ts';
import { type List, linkTo, type Page, type SortValue, wantsCursor } from './list.ts';

const DEEPEST = 10_000;

const positive = (text: string | null): number | undefined => {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value > 0 ? value : undefined;
};

/** Builds a page of offset pagination. */
export function offsetPage<T>(call: Call, list: List<T>): Page<T> {
  const maxSize = list.maxSize ?? 100;
  const size = Math.min(positive(call.query.get('per_page')) ?? maxSize, maxSize);
  const page = positive(call.query.get('page')) ?? 1;
  if ((page - 1) * size >= DEEPEST) {
    const description = `Number of results exceeds ${DEEPEST}; use cursor pagination`;
    return { ok: false, reply: failed(400, 'InvalidPaginationDepth', description) };
  }
  const count = list.items.length;
  const link = (to: number): string => linkTo(call, { page: String(to) });
  return {
    ok: true,
    items: list.items.slice((page - 1) * size, page * size),
    paging: {
      next_page: page * size < count ? link(page + 1) : null,
      previous_page: page > 1 ? link(page - 1) : null,
      count,
    },
  };
}

interface Cursor {
  /** Sort value and id of the item at the edge, so that pages stay whole when items come and go. */
  value: SortValue;
  id: number | string;
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url');

function decode(text: string): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parsed)) return undefined;
    const [value, id] = parsed as unknown[];
    const fits = (one: unknown): one is SortValue => typeof one === 'string' || typeof one === 'number';
    return fits(value) && fits(id) ? { value, id } : undefined;
  } catch {
    return undefined;
  }
}

const compare = (a: SortValue, b: SortValue): number => (a < b ? -1 : a > b ? 1 : 0);

const refuse = (detail: string): Page<never> => ({
  ok: false,
  reply: errors(400, 'InvalidPaginationParameter', 'Invalid pagination parameter', detail),
});

/** `sort_by` and `sort_order` are silently ignored here, as on live accounts; only `sort` counts. */
export function cursorPage<T>(call: Call, list: List<T>): Page<T> {
  const { query } = call;
  const size = Number(query.get('page[size]') ?? list.maxSize ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > (list.maxSize ?? 100)) {
    return refuse(`page[size] must be between 1 and ${list.maxSize ?? 100}`);
  }
  const sort = query.get('sort') ?? 'id';
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const valueOf = name === 'id' ? list.idOf : list.cursorSorts?.[name];
  if (valueOf === undefined) return refuse(`sort is not valid: ${sort}`);
  const edge = query.get('page[after]') ?? query.get('page[before]');
  const from = edge === null ? null : decode(edge);
  if (from === undefined) return refuse('the cursor is not valid');

  const sign = descending ? -1 : 1;
  const placed = list.items.map((item) => ({ item, value: valueOf(item), id: list.idOf(item) }));
  const order = (a: Cursor, b: Cursor): number => sign * (compare(a.value, b.value) || compare(a.id, b.id));
  placed.sort(order);
  const backwards = query.has('page[before]');
  const rest =
    from === null ? placed : placed.filter((one) => (backwards ? order(one, from) < 0 : order(one, from) > 0));
  const page = backwards ? rest.slice(-size) : rest.slice(0, size);
  const [first, last] = [page.at(0), page.at(-1)];
  const before = first ? encode(first) : null;
  const after = last ? encode(last) : null;
  const link = (side: 'after' | 'before', cursor: string | null): string | null =>
    cursor === null
      ? null
      : linkTo(call, {
          'page[after]': null,
          'page[before]': null,
          'page[size]': String(size),
          [`page[${side}]`]: cursor,
        });
  const has_more = rest.length > page.length;
  return {
    ok: true,
    items: page.map((one) => one.item),
    paging: {
      meta: { has_more, after_cursor: after, before_cursor: before },
      // Recorded on first and last pages alike: only `has_more` says whether there is another page.
      links: { next: link('after', after), prev: link('before', before) },
    },
  };
}

/** Cursor pages when a `page[...]` parameter is there, offset pages otherwise. */
export function paginate<T>(call: Call, list: List<T>): Reply {
  const page = wantsCursor(call.query) ? cursorPage(call, list) : offsetPage(call, list);
  if (!page.ok) return page.reply;
  return ok({ [list.key]: page.items.map(list.show), ...list.beside?.(page.items), ...page.paging });
}
