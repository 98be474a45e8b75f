// Finds conditions that no ticket can meet.
import type { ConditionGroup } from '../condition.ts';
import { type Finding, type PolicyPath, warningAt } from '../finding.ts';
import type { ConditionScope } from '../solve-fields.ts';
import { checkConditions } from './check-conditions.ts';
import { findContradiction } from './find-contradiction.ts';
import { mustHold } from './must-hold.ts';

/**
 * A warning if conditions contradict each other; none for invalid conditions, which are reported elsewhere.
 * @param so the consequence: `the trigger never fires`
 */
export function findImpossible(
  conditions: unknown,
  path: PolicyPath,
  so: string,
  scope: ConditionScope = 'ticket',
): Finding[] {
  if (!isWellFormed(conditions, scope)) return [];
  const contradiction = findContradiction(mustHold(conditions, path));
  if (!contradiction) return [];
  const message = `no ticket can ever meet this together with the other conditions on ${contradiction.field}, so ${so}`;
  return [warningAt(contradiction.path, message)];
}

/** Valid conditions. */
export function isWellFormed(conditions: unknown, scope: ConditionScope = 'ticket'): conditions is ConditionGroup {
  return checkConditions(conditions, scope).length === 0;
}
