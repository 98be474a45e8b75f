// Counts what each phrase found means for the conditions that use it.

import { type LeafStates, setAnswer } from './condition-tree.ts';
import type { WordOperator } from './leaf.ts';

export interface TalliedLeaf {
  readonly number: number;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

/** A condition that uses a phrase. */
type User = Omit<TalliedLeaf, 'phrases'>;

/**
 * Counts, for one ticket after another, the phrases found. Plain data and functions, not closures: calls of
 * closures that belong to several fields are not inlined, which would cost a third of the time of a ticket.
 */
export interface Tally {
  /** By phrase: the conditions that use it. */
  readonly users: ReadonlyArray<readonly User[]>;
  /** By condition: the phrases that it uses. */
  readonly uses: ReadonlyMap<number, readonly number[]>;
  /** For each `includes_all`, how many phrases it needs and how many are still missing. */
  readonly needs: ReadonlyMap<number, number>;
  readonly missing: Map<number, number>;
  /** By phrase: the ticket in which it was found last. Numbering tickets saves clearing the list. */
  readonly foundIn: Float64Array;
  /** By phrase found: how many were found before it. */
  readonly foundAs: Int32Array;
  count: number;
  ticket: number;
}

/** @param phrases distinct; a phrase's index is its id */
export function buildTally(phrases: readonly string[], leaves: readonly TalliedLeaf[]): Tally {
  const ids = new Map(phrases.map((phrase, id) => [phrase, id]));
  const users: User[][] = phrases.map(() => []);
  const uses = new Map<number, readonly number[]>();
  const needs = new Map<number, number>();
  for (const { number, operator, phrases: wanted } of leaves) {
    const own = [...new Set(wanted)].map((phrase) => ids.get(phrase) ?? -1);
    uses.set(number, own);
    // Created here with one shape: objects from elsewhere have different hidden classes, which makes access slower.
    const user = { number, operator };
    for (const id of own) users[id]?.push(user);
    if (operator === 'includes_all') needs.set(number, own.length);
  }
  const foundIn = new Float64Array(phrases.length);
  return {
    users,
    uses,
    needs,
    missing: new Map(needs),
    foundIn,
    foundAs: new Int32Array(phrases.length),
    count: 0,
    ticket: 0,
  };
}

/** Starts a ticket: no phrase found. */
export function startTally(tally: Tally): void {
  tally.ticket++;
  tally.count = 0;
  for (const [number, count] of tally.needs) tally.missing.set(number, count);
}

export const isFound = (tally: Tally, phraseId: number): boolean => tally.foundIn[phraseId] === tally.ticket;

/** Records that a phrase was found; once per phrase and ticket. */
export function markFound(tally: Tally, phraseId: number, states: LeafStates): void {
  tally.foundIn[phraseId] = tally.ticket;
  tally.foundAs[phraseId] = tally.count++;
  const users = tally.users[phraseId] ?? [];
  for (let i = 0; i < users.length; i++) {
    const user = users[i];
    if (user === undefined) continue;
    if (user.operator === 'includes_any') setAnswer(states, user.number, 1);
    else if (user.operator === 'includes_none') setAnswer(states, user.number, 0);
    else countDown(tally, user.number, states);
  }
}

function countDown({ missing }: Tally, number: number, states: LeafStates): void {
  const left = (missing.get(number) ?? 0) - 1;
  missing.set(number, left);
  if (left === 0) setAnswer(states, number, 1);
}

/** Of the phrases that a condition uses, those found, in the order in which they were found. */
export function foundOf(tally: Tally, number: number): readonly number[] {
  const { uses, foundAs } = tally;
  const found = (uses.get(number) ?? []).filter((id) => isFound(tally, id));
  return found.length < 2 ? found : found.toSorted((a, b) => (foundAs[a] ?? 0) - (foundAs[b] ?? 0));
}
