// Builds a page of an incremental export.
import type { Call, Reply } from '../call.ts';
import { failed, ok } from '../replies.ts';
import { linkTo } from './list.ts';

/** Changes younger than this are not given out yet, and may not be asked from. */
export const QUIET_SECONDS = 60;

export interface Place {
  /** Epoch seconds of the change. */
  time: number;
  id: number;
}

export interface Changed<T> {
  /** Name of the list in the answer. */
  key: string;
  items: readonly T[];
  placeOf: (item: T) => Place;
  show: (item: T) => unknown;
  /** Side-loads, from the items of the page. */
  beside?: (page: readonly T[]) => Record<string, unknown>;
}

const encode = ({ time, id }: Place): string => Buffer.from(`${time}.0||${id}`).toString('base64');

function decode(cursor: string): Place | undefined {
  const [, time, id] = /^(\d+)\.0\|\|(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  return time === undefined || id === undefined ? undefined : { time: Number(time), id: Number(id) };
}

const order = (a: Place, b: Place): number => a.time - b.time || a.id - b.id;

/** What changed after `from` and is no longer too young, oldest first. */
export function changedSince<T>(
  call: Call,
  items: readonly T[],
  placeOf: (item: T) => Place,
  from: Place,
): readonly T[] {
  const quietSince = Math.floor(call.account.clock.now() / 1000) - QUIET_SECONDS;
  return items
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => place.time <= quietSince && order(place, from) > 0)
    .toSorted((a, b) => order(a.place, b.place))
    .map(({ item }) => item);
}

/** `start_time`, or the refusal of one that is missing or too young. */
export function startPlace(call: Call): Place | Reply {
  const start = Number(call.query.get('start_time') ?? Number.NaN);
  if (!Number.isInteger(start) || start < 0)
    return failed(400, 'InvalidValue', 'start_time is required, in epoch seconds');
  if (start > Math.floor(call.account.clock.now() / 1000) - QUIET_SECONDS) {
    return failed(400, 'StartTimeTooRecent', 'Too recent start_time. Use a start_time older than 60 seconds');
  }
  return { time: start, id: 0 };
}

export const pageSize = (call: Call): number => {
  const size = Number(call.query.get('per_page') ?? 1_000);
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1_000) : 1_000;
};

/** The same export from elsewhere; it keeps `per_page` and `include`, and is named with its `.json`. */
export const exportLink = (call: Call, changes: Readonly<Record<string, string | null>>): string =>
  linkTo({ ...call, path: call.path.replace(/^([^?]*?)(\.json)?(\?|$)/, '$1.json$3') }, changes);

/** From `start_time` once, then from one cursor to the next. */
export function incrementalByCursor<T>(call: Call, { key, items, placeOf, show, beside }: Changed<T>): Reply {
  const cursor = call.query.get('cursor');
  const from = cursor === null ? startPlace(call) : decode(cursor);
  if (from === undefined) return failed(400, 'InvalidCursor', 'The cursor is not valid');
  if ('status' in from) return from;
  const changed = changedSince(call, items, placeOf, from);
  const page = changed.slice(0, pageSize(call));
  const last = page.at(-1);
  const after_cursor = last === undefined ? (cursor ?? encode(from)) : encode(placeOf(last));
  return ok({
    [key]: page.map(show),
    ...beside?.(page),
    after_url: exportLink(call, { start_time: null, cursor: after_cursor }),
    before_url: null,
    after_cursor,
    before_cursor: null,
    end_of_stream: page.length === changed.length,
  });
}

/** The first `size` and what else happened in the last one's second, so that no second is cut in two. */
export function finishSecond<T>(
  sorted: readonly T[],
  size: number,
  secondOf: (item: T) => number,
  from: number,
): readonly T[] {
  const edge = sorted[Math.min(size, sorted.length) - 1];
  if (edge === undefined) return [];
  const isIn = (second: number) => sorted.filter((item) => secondOf(item) <= second);
  const page = isIn(secondOf(edge));
  // A page that ends in the second it began with would be asked for again without end: it takes the next second, too.
  const next = sorted[page.length];
  return secondOf(edge) === from && next !== undefined ? isIn(secondOf(next)) : page;
}

/** The older export by time: the next page starts with the second in which this one ended, and repeats it. */
export function incrementalByTime<T>(call: Call, { key, items, placeOf, show, beside }: Changed<T>): Reply {
  const from = startPlace(call);
  if ('status' in from) return from;
  const changed = changedSince(call, items, placeOf, { time: from.time, id: -1 });
  const page = finishSecond(changed, pageSize(call), (item) => placeOf(item).time, from.time);
  const last = page.at(-1);
  const end_time = last === undefined ? null : placeOf(last).time;
  return ok({
    [key]: page.map(show),
    ...beside?.(page),
    count: page.length,
    end_of_stream: page.length === changed.length,
    end_time,
    next_page: end_time === null ? null : exportLink(call, { start_time: String(end_time) }),
  });
}
