// Formats a condition for a decision's reasons.
import type { Condition, ConditionTrace } from '@deskwright/shared';
import { OPPOSITE_OPERATORS } from '@deskwright/shared';

/**
 * A condition as a trigger sees it: one inside `none` appears as its opposite (`is` as `is_not`; where there is no such
 * operator, `not less_than`), so that `held` always means "as the trigger wants it".
 */
export function shownCondition(
  { field, operator, value }: Condition,
  opposite: boolean,
): Pick<ConditionTrace, 'field' | 'operator' | 'wanted'> {
  return {
    field,
    operator: opposite ? (OPPOSITE_OPERATORS[operator] ?? `not ${operator}`) : operator,
    wanted: value ?? null,
  };
}
