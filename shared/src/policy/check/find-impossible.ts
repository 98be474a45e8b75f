// Finds conditions that no ticket can meet.
import type { ConditionGroup } from '../condition.ts';
import { type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { checkConditions } from './check-conditions.ts';
import { findContradiction } from './find-contradiction.ts';
import { mustHold } from './must-hold.ts';

/**
 * A warning where conditions contradict one another; none for conditions that are not well formed, which is told elsewhere.
 * @param so what follows from it: `the trigger never fires`
 */
export function findImpossible(conditions: unknown, path: PolicyPath, so: string): Finding[] {
  if (!isWellFormed(conditions)) return [];
  const contradiction = findContradiction(mustHold(conditions, path));
  if (!contradiction) return [];
  const message = `no ticket can ever meet this together with the other conditions on ${contradiction.field}, so ${so}`;
  return [warningAt(contradiction.path, message)];
}

/** Conditions that may be asked and compared. */
export function isWellFormed(conditions: unknown): conditions is ConditionGroup {
  return checkConditions(conditions).length === 0;
}
