// Says how a decision shows one condition: what it asks for, the other way round under `none`, and the text that it saw.
import { type Condition, type ConditionTrace, OPPOSITE_OPERATORS } from '@deskwright/shared';

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

const ABSENCE: ReadonlySet<string> = new Set(['is_not', 'includes_none', 'not_matches', 'absent']);

/**
 * Whether a condition looks for something present rather than requires its absence.
 * @param opposite the condition is inside `none`: requiring that an absence does not hold means looking for presence
 */
export function asksFor({ operator }: Condition, opposite: boolean): boolean {
  return ABSENCE.has(operator) === opposite;
}

/** Characters of a value that a trace keeps: enough to recognise it, too few to be a second copy of the mail. */
const MAX_SHOWN = 120;

/** The text, cut with an ellipsis after `MAX_SHOWN` characters; never within a character. */
export function cutText(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, MAX_SHOWN)) ? MAX_SHOWN - 1 : MAX_SHOWN;
  return `${text.slice(0, end)}…`;
}
