// Counts what a back-test finds. Tallies of parts add up to the tally of the whole, in whatever order.
import { type Cause, keyOf } from './find-cause.ts';
import { type Outcome, PARTS, type Part } from './outcome.ts';

/** How many tickets under the policy in force, and under the candidate. */
export type Pair = readonly [before: number, after: number];

export interface Sample {
  readonly id: string | number | null;
  readonly row: number;
  /** Samples with the lowest ranks are kept. */
  readonly rank: number;
  /** Null unless words were asked for. */
  readonly subject: string | null;
  readonly parts: readonly Part[];
  readonly before: Outcome;
  readonly after: Outcome;
}

interface CauseTally {
  readonly cause: Cause;
  tickets: number;
  readonly parts: Map<Part, number>;
  /** The lowest rank first. */
  samples: Sample[];
}

/** Plain data that threads can exchange. Keys of several parts are separated by tabs, which no id and no tag contains. */
export interface Tally {
  tickets: number;
  changed: number;
  unreadable: number;
  /** Their problems: the first ones by row. */
  problems: { readonly row: number; readonly problem: string }[];
  /** Epoch milliseconds of the oldest and the newest ticket whose time is known. */
  oldest: number | null;
  newest: number | null;
  readonly parts: Map<Part, number>;
  /** By part, from and to. */
  readonly moves: Map<string, number>;
  readonly causes: Map<string, CauseTally>;
  /** By day and tier; the day is empty for tickets whose time is not known. */
  readonly load: Map<string, Pair>;
  readonly categories: Map<string, Pair>;
  /** Tickets whose category a trigger decides, by trigger. */
  readonly deciders: Map<string, Pair>;
  labelled: number;
  /** Labels that are no category of the candidate. */
  readonly unknownLabels: Map<string, number>;
  /** By the category that people gave and the one that was decided. */
  readonly confusion: Map<string, Pair>;
}

export const emptyTally = (): Tally => ({
  tickets: 0,
  changed: 0,
  unreadable: 0,
  problems: [],
  oldest: null,
  newest: null,
  parts: new Map(),
  moves: new Map(),
  causes: new Map(),
  load: new Map(),
  categories: new Map(),
  deciders: new Map(),
  labelled: 0,
  unknownLabels: new Map(),
  confusion: new Map(),
});

export const MOST_PROBLEMS = 20;

/** Adds `part` to `whole`. @param samples how many are kept of each cause */
export function addTally(whole: Tally, part: Tally, samples: number): void {
  whole.tickets += part.tickets;
  whole.changed += part.changed;
  whole.unreadable += part.unreadable;
  whole.labelled += part.labelled;
  whole.problems = [...whole.problems, ...part.problems].toSorted((a, b) => a.row - b.row).slice(0, MOST_PROBLEMS);
  whole.oldest = least(whole.oldest, part.oldest);
  whole.newest = negated(least(negated(whole.newest), negated(part.newest)));
  for (const [key, count] of part.parts) whole.parts.set(key, (whole.parts.get(key) ?? 0) + count);
  addCounts(whole.moves, part.moves);
  addCounts(whole.unknownLabels, part.unknownLabels);
  for (const key of ['load', 'categories', 'deciders', 'confusion'] as const) addPairs(whole[key], part[key]);
  for (const [key, own] of part.causes) {
    const known = whole.causes.get(key);
    if (known === undefined) {
      whole.causes.set(key, { ...own, parts: new Map(own.parts) });
      continue;
    }
    known.tickets += own.tickets;
    for (const [name, count] of own.parts) known.parts.set(name, (known.parts.get(name) ?? 0) + count);
    known.samples = [...known.samples, ...own.samples].toSorted(byRank).slice(0, samples);
  }
}

type Ranked = Pick<Sample, 'rank' | 'row'>;

/** Two tickets may have the same rank; never the same row. */
const byRank = (a: Ranked, b: Ranked): number => a.rank - b.rank || a.row - b.row;

const negated = (value: number | null): number | null => (value === null ? null : -value);

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function addCounts(whole: Map<string, number>, part: ReadonlyMap<string, number>): void {
  for (const [key, count] of part) whole.set(key, (whole.get(key) ?? 0) + count);
}

function addPairs(whole: Map<string, Pair>, part: ReadonlyMap<string, Pair>): void {
  for (const [key, [before, after]] of part) addPair(whole, key, before, after);
}

/** Adds to both numbers under a key. */
export function addPair(pairs: Map<string, Pair>, key: string, before: number, after: number): void {
  const known = pairs.get(key);
  pairs.set(key, known === undefined ? [before, after] : [known[0] + before, known[1] + after]);
}

/** Counts one changed ticket under a cause. @param sample called only if it is among the samples */
export function countCause(
  tally: Tally,
  cause: Cause,
  ticket: {
    readonly parts: readonly Part[];
    readonly rank: number;
    readonly row: number;
    readonly sample: () => Sample;
  },
  samples: number,
): void {
  const key = keyOf(cause);
  const known = tally.causes.get(key) ?? { cause, tickets: 0, parts: new Map<Part, number>(), samples: [] };
  tally.causes.set(key, known);
  known.tickets++;
  for (const part of ticket.parts) known.parts.set(part, (known.parts.get(part) ?? 0) + 1);
  const last = known.samples.at(-1);
  if (samples === 0 || (known.samples.length >= samples && last !== undefined && byRank(last, ticket) <= 0)) return;
  known.samples = [...known.samples, ticket.sample()].toSorted(byRank).slice(0, samples);
}

/** The parts in their order, with a count of 0 where nothing changed. */
export const countsByPart = (parts: ReadonlyMap<Part, number>): Readonly<Record<Part, number>> =>
  Object.fromEntries(PARTS.map((part) => [part, parts.get(part) ?? 0])) as Record<Part, number>;
