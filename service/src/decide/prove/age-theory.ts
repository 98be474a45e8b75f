// Defines how conditions on a ticket's age, or on the customer's wait, imply or exclude one another.
import type { Condition } from '@deskwright/shared';
import { thresholdOf } from '../time-conditions.ts';
import { allOf, anyOf, type Formula, literal, negationOf } from './formula.ts';
import type { Literal, Model, Solver } from './solver.ts';

export interface AgeTheory {
  readonly field: string;
  readonly present: Literal;
  /** By whole milliseconds: whether at least so many have passed. */
  readonly atLeast: ReadonlyMap<number, Literal>;
  readonly formulaOf: (condition: Condition) => Formula;
}

/** Times are whole milliseconds, from 0 on: a ticket is decided after it was made. Each limit is the moment at which the answer changes. */
export function buildAgeTheory(field: string, solver: Solver): AgeTheory {
  const present = solver.newVariable(field === 'created_hours_ago');
  if (field === 'created_hours_ago') solver.add([present]);
  const atLeast = new Map<number, Literal>();

  function reached(ms: number): Formula {
    if (ms <= 0) return literal(present);
    const known = atLeast.get(ms);
    if (known !== undefined) return literal(known);
    const made = solver.newVariable(false);
    solver.add([-made, present]);
    for (const [other, own] of atLeast) solver.add(other < ms ? [-made, own] : [-own, made]);
    atLeast.set(ms, made);
    return literal(made);
  }

  return {
    field,
    present,
    atLeast,
    formulaOf: (condition) => {
      const { operator } = condition;
      if (operator === 'present' || operator === 'absent') return literal(operator === 'present' ? present : -present);
      const threshold = thresholdOf(condition);
      // Later than any ticket.
      if (threshold === null) return operator === 'less_than' ? literal(present) : anyOf([]);
      const passed = reached(threshold.afterMs);
      return operator === 'greater_than' ? passed : allOf([literal(present), negationOf(passed)]);
    },
  };
}

/**
 * Whole milliseconds that a model allows, at least `wished` where it can be; null: there is no such time.
 */
export function ageIn({ present, atLeast }: AgeTheory, model: Model, wished: number): number | null {
  if (!model(present)) return null;
  let [least, below] = [0, Number.POSITIVE_INFINITY];
  for (const [ms, literal] of atLeast) {
    if (model(literal)) least = Math.max(least, ms);
    else below = Math.min(below, ms);
  }
  return Math.min(Math.max(least, wished), below - 1);
}
