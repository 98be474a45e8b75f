// Counts what happened within a time, in logarithmic time.

/** What happened from one moment to another, in epoch milliseconds. */
export interface Span {
  readonly who: string;
  readonly what: number | string;
  readonly from: number;
  readonly to: number;
}

type AtTime = { readonly at: Date };

export const momentOf = ({ at }: AtTime, who: string, what: Span['what']): Span => ({
  who,
  what,
  from: at.getTime(),
  to: at.getTime(),
});

/** Both sides of a moment. */
export const around = ({ at }: AtTime, ms: number) => ({ from: at.getTime() - ms, to: at.getTime() + ms });

export type Spans = ReadonlyMap<string, ReadonlyMap<Span['what'], readonly Span[]>>;

/** By who did what. Of the same, one that ends later must not begin earlier. */
export function indexSpans(spans: readonly Span[]): Spans {
  const index = new Map<string, Map<Span['what'], Span[]>>();
  for (const span of spans.toSorted((a, b) => a.to - b.to)) {
    const ofWho = index.get(span.who) ?? new Map<Span['what'], Span[]>();
    index.set(span.who, ofWho);
    listAt(ofWho, span.what).push(span);
  }
  return index;
}

/** How many different things somebody did wholly between two moments (epoch milliseconds, both included), counted up to `most`. */
export function countWithin(
  spans: Spans,
  who: string,
  { from, to, most }: { from: number; to: number; most: number },
): number {
  let n = 0;
  for (const same of spans.get(who)?.values() ?? []) {
    if (n >= most) break;
    const last = same[countUpTo(same, to) - 1];
    if (last && last.from >= from) n += 1;
  }
  return n;
}

/** How many end at this moment or before. @param sorted by when they end */
export function countUpTo(sorted: readonly Pick<Span, 'to'>[], moment: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.to ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The list at a key; a new one if there is none. */
export function listAt<Key, One>(lists: Map<Key, One[]>, key: Key): One[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
