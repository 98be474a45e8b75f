// What follows from a phrase having been found?
import type { WordOperator } from './leaf.ts';
import type { Met } from './measure-tree.ts';

export interface TalliedLeaf {
  readonly number: number;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

/** Keeps count, for one ticket after the other, of the phrases found and of what their conditions make of it. */
export interface Tally {
  /** Begins a ticket: no phrase found. */
  readonly start: () => void;
  readonly isHit: (phraseId: number) => boolean;
  /** Call once per phrase and ticket. */
  readonly hit: (phraseId: number, met: Met) => void;
  /** Phrases of one condition that were found, in the order in which they were. */
  readonly hitsOf: (number: number) => readonly number[];
}

/** Does a word condition hold when none of its phrases is found? */
export function holdsWithoutWords({ operator, phrases }: Pick<TalliedLeaf, 'operator' | 'phrases'>): boolean {
  return operator === 'includes_none' || (operator === 'includes_all' && phrases.length === 0);
}

/** @param phrases distinct; their places are their ids. */
export function buildTally(phrases: readonly string[], leaves: readonly TalliedLeaf[]): Tally {
  const ids = new Map(phrases.map((phrase, id) => [phrase, id]));
  const usersOf: TalliedLeaf[][] = phrases.map(() => []);
  const needs = new Map<number, number>();
  /** By leaf: 1 for each phrase that it uses. */
  const uses: Array<Uint8Array | undefined> = [];
  for (const leaf of leaves) {
    const distinct = new Set(leaf.phrases);
    const used = new Uint8Array(phrases.length);
    uses[leaf.number] = used;
    for (const phrase of distinct) {
      const id = ids.get(phrase) ?? -1;
      usersOf[id]?.push(leaf);
      used[id] = 1;
    }
    if (leaf.operator === 'includes_all') needs.set(leaf.number, distinct.size);
  }
  const missing = new Map(needs);
  /** The ticket in which a phrase was found last. Counting tickets spares clearing the list. */
  const hitIn = new Float64Array(phrases.length);
  const order: number[] = [];
  let ticket = 0;
  let hits = 0;

  function countDown(number: number, met: Met): void {
    const left = (missing.get(number) ?? 0) - 1;
    missing.set(number, left);
    if (left === 0) setAnswer(met, number, 1);
  }

  return {
    start: () => {
      ticket++;
      hits = 0;
      for (const [number, count] of needs) missing.set(number, count);
    },
    isHit: (phraseId) => hitIn[phraseId] === ticket,
    hit: (phraseId, met) => {
      hitIn[phraseId] = ticket;
      order[hits++] = phraseId;
      for (const { number, operator } of usersOf[phraseId] ?? []) {
        if (operator === 'includes_any') setAnswer(met, number, 1);
        else if (operator === 'includes_none') setAnswer(met, number, 0);
        else countDown(number, met);
      }
    },
    hitsOf: (number) => {
      const found: number[] = [];
      for (let i = 0; i < hits; i++) {
        const phraseId = order[i] ?? 0;
        if (uses[number]?.[phraseId] === 1) found.push(phraseId);
      }
      return found;
    },
  };
}

/** Writes an answer under both of a condition's codes. */
export function setAnswer(met: Met, number: number, answer: 0 | 1): void {
  met[number * 2] = answer;
  met[number * 2 + 1] = 1 - answer;
}
