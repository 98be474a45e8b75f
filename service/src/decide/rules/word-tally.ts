// What follows from a phrase having been found?
import type { WordOperator } from './leaf.ts';
import type { Met } from './measure-tree.ts';

export interface TalliedLeaf {
  readonly number: number;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

/**
 * Keeps count, for one ticket after the other, of the phrases found. Plain data and functions, not closures: calls of
 * closures that belong to several fields are not inlined, which would cost a third of the time of a ticket.
 */
export interface Tally {
  /** By phrase: the conditions that use it. */
  readonly users: ReadonlyArray<readonly TalliedLeaf[]>;
  /** By condition: 1 for each phrase that it uses. */
  readonly uses: ReadonlyArray<Uint8Array | undefined>;
  /** For each `includes_all` how many phrases it needs, and how many of them are still missing. */
  readonly needs: ReadonlyMap<number, number>;
  readonly missing: Map<number, number>;
  /** By phrase: the ticket in which it was found last. Counting tickets spares clearing the list. */
  readonly foundIn: Float64Array;
  /** Phrases found in this ticket, in order; only the first `count` count. */
  readonly found: number[];
  count: number;
  ticket: number;
}

/** Does a word condition hold when none of its phrases is found? */
export function holdsWithoutWords({ operator, phrases }: Pick<TalliedLeaf, 'operator' | 'phrases'>): boolean {
  return operator === 'includes_none' || (operator === 'includes_all' && phrases.length === 0);
}

/** @param phrases distinct; their places are their ids. */
export function buildTally(phrases: readonly string[], leaves: readonly TalliedLeaf[]): Tally {
  const ids = new Map(phrases.map((phrase, id) => [phrase, id]));
  const users: TalliedLeaf[][] = phrases.map(() => []);
  const uses: Array<Uint8Array | undefined> = [];
  const needs = new Map<number, number>();
  for (const leaf of leaves) {
    const own = new Set(leaf.phrases);
    const used = new Uint8Array(phrases.length);
    uses[leaf.number] = used;
    for (const phrase of own) {
      const id = ids.get(phrase) ?? -1;
      users[id]?.push(leaf);
      used[id] = 1;
    }
    if (leaf.operator === 'includes_all') needs.set(leaf.number, own.size);
  }
  const foundIn = new Float64Array(phrases.length);
  return { users, uses, needs, missing: new Map(needs), foundIn, found: [], count: 0, ticket: 0 };
}

/** Begins a ticket: no phrase found. */
export function startTally(tally: Tally): void {
  tally.ticket++;
  tally.count = 0;
  for (const [number, count] of tally.needs) tally.missing.set(number, count);
}

export const isFound = (tally: Tally, phraseId: number): boolean => tally.foundIn[phraseId] === tally.ticket;

/** Tells that a phrase was found; once per phrase and ticket. */
export function tellFound(tally: Tally, phraseId: number, met: Met): void {
  tally.foundIn[phraseId] = tally.ticket;
  tally.found[tally.count++] = phraseId;
  const users = tally.users[phraseId] ?? [];
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    if (user === undefined) continue;
    if (user.operator === 'includes_any') setAnswer(met, user.number, 1);
    else if (user.operator === 'includes_none') setAnswer(met, user.number, 0);
    else countDown(tally, user.number, met);
  }
}

function countDown({ missing }: Tally, number: number, met: Met): void {
  const left = (missing.get(number) ?? 0) - 1;
  missing.set(number, left);
  if (left === 0) setAnswer(met, number, 1);
}

/** Does a condition use this phrase? */
export const isUsedBy = ({ uses }: Tally, number: number, phraseId: number): boolean => uses[number]?.[phraseId] === 1;

/** Writes an answer under both of a condition's codes. */
export function setAnswer(met: Met, number: number, answer: 0 | 1): void {
  met[number * 2] = answer;
  met[number * 2 + 1] = 1 - answer;
}
