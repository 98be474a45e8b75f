// How does a decision show one condition?
import type { Condition, ConditionTrace } from '@deskwright/shared';

const OPPOSITES: Readonly<Record<string, string>> = {
  is: 'is_not',
  is_not: 'is',
  includes_any: 'includes_none',
  includes_none: 'includes_any',
  matches: 'not_matches',
  not_matches: 'matches',
  present: 'absent',
  absent: 'present',
};

/**
 * The trace of a condition, seen from the trigger: one under `none` appears as its opposite (`is` as `is_not`; where
 * there is no such operator, `not less_than`), so that `held` always means "as the trigger wants it".
 */
export function traceLeaf(condition: Condition, opposite: boolean, held: boolean, saw: unknown): ConditionTrace {
  const { field, operator, value } = condition;
  return {
    field,
    operator: opposite ? (OPPOSITES[operator] ?? `not ${operator}`) : operator,
    wanted: value ?? null,
    saw,
    held,
  };
}
