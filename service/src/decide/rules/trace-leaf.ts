// How does a decision show one condition?
import { type Condition, type ConditionTrace, OPPOSITE_OPERATORS } from '@deskwright/shared';

/**
 * The trace of a condition, seen from the trigger: one under `none` appears as its opposite (`is` as `is_not`; where
 * there is no such operator, `not less_than`), so that `held` always means "as the trigger wants it".
 */
export function traceLeaf(condition: Condition, opposite: boolean, held: boolean, saw: unknown): ConditionTrace {
  const { field, operator, value } = condition;
  return {
    field,
    operator: opposite ? (OPPOSITE_OPERATORS[operator] ?? `not ${operator}`) : operator,
    wanted: value ?? null,
    saw,
    held,
  };
}
