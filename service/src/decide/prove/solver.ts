// Decides whether clauses over true-or-false variables can hold together (DPLL with two watched literals).

/** A variable (from 1), or its negation. */
export type Literal = number;
type Clause = readonly Literal[];

/** Whether a literal holds in the assignment that was found. */
export type Model = (literal: Literal) => boolean;

type Solved =
  | { readonly outcome: 'satisfied'; readonly model: Model }
  | { readonly outcome: 'impossible' }
  /** More than the allowed conflicts. Counted, not timed, so that the same clauses always give the same answer. */
  | { readonly outcome: 'gave up' };

export interface Solver {
  /** @param preferred the value that is tried first */
  readonly newVariable: (preferred: boolean) => Literal;
  /** Adds a clause for good: at least one of its literals must hold. */
  readonly add: (clause: Clause) => void;
  /** @param assumptions must hold as well, this time */
  readonly solve: (assumptions: readonly Literal[]) => Solved;
}

/** Real policies need a few; a pigeonhole puzzle would need millions. */
const MOST_CONFLICTS = 5_000;

const UNKNOWN = 0;

/** Where lists by literal keep a literal: 2v and 2v + 1. */
const placeOf = (literal: Literal): number => (literal > 0 ? literal * 2 : -literal * 2 + 1);

interface Decision {
  readonly literal: Literal;
  readonly trailLength: number;
  readonly isFlipped: boolean;
}

/**
 * Creates a solver (Davis, Logemann and Loveland 1962; watched literals as in Chaff, Moskewicz et al. 2001). Variables are decided in
 * the order of their creation, so its answers are deterministic.
 */
export function createSolver(mostConflicts = MOST_CONFLICTS): Solver {
  /** By variable: 1 true, -1 false, 0 unknown. */
  const values: number[] = [UNKNOWN];
  const preferred: boolean[] = [false];
  /** By literal: the clauses in which it is one of the first two. */
  const watches: Literal[][][] = [[], []];
  const units: Literal[] = [];
  const trail: Literal[] = [];
  let isEmptyClauseKnown = false;
  let next = 0;

  const valueOf = (literal: Literal): number => {
    const value = values[Math.abs(literal)] ?? UNKNOWN;
    return literal > 0 ? value : -value;
  };
  const watch = (literal: Literal, clause: Literal[]): void => {
    watches[placeOf(literal)]?.push(clause);
  };
  /** False: it contradicts what is known. */
  function enqueue(literal: Literal): boolean {
    const value = valueOf(literal);
    if (value !== UNKNOWN) return value > 0;
    values[Math.abs(literal)] = Math.sign(literal);
    trail.push(literal);
    return true;
  }

  function undoTo(length: number): void {
    while (trail.length > length) values[Math.abs(trail.pop() ?? 0)] = UNKNOWN;
    next = length;
  }

  /** Draws all conclusions; false: a clause cannot hold. */
  function propagate(): boolean {
    while (next < trail.length) {
      const falsified = -(trail[next++] ?? 0);
      const place = placeOf(falsified);
      const watching = watches[place] ?? [];
      const kept: Literal[][] = [];
      let isFine = true;
      for (const [at, clause] of watching.entries()) {
        if (!isFine) {
          kept.push(...watching.slice(at));
          break;
        }
        if (moveWatch(clause, falsified)) continue;
        kept.push(clause);
        isFine = enqueue(clause[0] ?? 0);
      }
      watches[place] = kept;
      if (!isFine) return false;
    }
    return true;
  }

  /** Watches another literal instead of the falsified one. False: there is none, and the first must hold. */
  function moveWatch(clause: Literal[], falsified: Literal): boolean {
    if (clause[0] === falsified) [clause[0], clause[1]] = [clause[1] ?? 0, falsified];
    if (valueOf(clause[0] ?? 0) > 0) return false;
    for (let i = 2; i < clause.length; i++) {
      const other = clause[i] ?? 0;
      if (valueOf(other) < 0) continue;
      [clause[1], clause[i]] = [other, falsified];
      watch(other, clause);
      return true;
    }
    return false;
  }

  function search(): 'satisfied' | 'impossible' | 'gave up' {
    const decisions: Decision[] = [];
    let conflicts = 0;
    let variable = 1;
    for (;;) {
      if (!propagate()) {
        if (++conflicts > mostConflicts) return 'gave up';
        let last = decisions.pop();
        while (last?.isFlipped === true) last = decisions.pop();
        if (last === undefined) return 'impossible';
        undoTo(last.trailLength);
        decisions.push({ literal: -last.literal, trailLength: last.trailLength, isFlipped: true });
        enqueue(-last.literal);
        variable = 1;
        continue;
      }
      while (variable < values.length && values[variable] !== UNKNOWN) variable++;
      if (variable >= values.length) return 'satisfied';
      const literal = preferred[variable] === true ? variable : -variable;
      decisions.push({ literal, trailLength: trail.length, isFlipped: false });
      enqueue(literal);
    }
  }

  return {
    newVariable: (value) => {
      preferred.push(value);
      watches.push([], []);
      return values.push(UNKNOWN) - 1;
    },
    add: (clause) => {
      const distinct = [...new Set(clause)];
      if (distinct.some((literal) => distinct.includes(-literal))) return;
      const [first, second] = distinct;
      if (first === undefined) isEmptyClauseKnown = true;
      else if (second === undefined) units.push(first);
      else {
        watch(first, distinct);
        watch(second, distinct);
      }
    },
    solve: (assumptions) => {
      undoTo(0);
      if (isEmptyClauseKnown || ![...units, ...assumptions].every(enqueue)) return { outcome: 'impossible' };
      const outcome = search();
      if (outcome !== 'satisfied') return { outcome };
      const found = values.slice();
      return { outcome, model: (literal) => (found[Math.abs(literal)] ?? UNKNOWN) * Math.sign(literal) > 0 };
    },
  };
}
