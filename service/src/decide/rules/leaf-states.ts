// Holds the results of a policy's conditions for one ticket after another.
import type { LeafCode } from './condition-shape.ts';

/** Results by leaf code: 1 as wanted, 0 not. */
export type Met = Uint8Array;

/** Plain data that is reused for each ticket, so that a ticket costs only as much as the conditions it changes. */
export interface LeafStates {
  readonly met: Met;
  /** Numbers of the conditions that differ from their initial result; only the first `count` are valid. */
  readonly turned: Int32Array;
  count: number;
}

/** @param holdAtFirst by condition, its result as long as nothing is set */
export function buildLeafStates(holdAtFirst: readonly boolean[]): LeafStates {
  const met = Uint8Array.from(holdAtFirst.flatMap((holds) => (holds ? [1, 0] : [0, 1])));
  return { met, turned: new Int32Array(holdAtFirst.length), count: 0 };
}

/** Writes a result under both of a condition's codes. It may change once per ticket, and not back. */
export function setAnswer(states: LeafStates, number: number, answer: 0 | 1): void {
  const code: LeafCode = number * 2;
  if (states.met[code] === answer) return;
  states.met[code] = answer;
  states.met[code + 1] = 1 - answer;
  states.turned[states.count++] = number;
}

/** Starts a ticket: every condition has its initial result. */
export function resetStates(states: LeafStates): void {
  const { met, turned } = states;
  for (let i = 0; i < states.count; i++) {
    const code = (turned[i] ?? 0) * 2;
    met[code] = 1 - (met[code] ?? 0);
    met[code + 1] = 1 - (met[code + 1] ?? 0);
  }
  states.count = 0;
}
