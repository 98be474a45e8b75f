// Checks whether an age within all bounds exists.
import type { Must } from './must-hold.ts';

/** True when no number of hours, and no empty field, satisfies every condition. Hours are never negative. */
export function leavesNoHours(musts: readonly Must[]): boolean {
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  // Whether the bound itself is still possible.
  let leastCounts = true;
  let mostCounts = true;
  let mayBeEmpty = true;
  let mayBeFilled = true;
  for (const { condition, negated } of musts) {
    const bound = Number(condition.value);
    switch (condition.operator) {
      case 'less_than':
      case 'greater_than':
        // An empty field is neither below nor above, so only the negation leaves it possible.
        mayBeEmpty &&= negated;
        if ((condition.operator === 'less_than') !== negated) {
          if (bound < most || (bound === most && !negated)) [most, mostCounts] = [bound, negated];
        } else if (bound > least || (bound === least && !negated)) {
          [least, leastCounts] = [bound, negated];
        }
        break;
      default:
        if ((condition.operator === 'present') !== negated) mayBeEmpty = false;
        else mayBeFilled = false;
    }
  }
  const isFilledPossible = least < most || (least === most && leastCounts && mostCounts);
  return !mayBeEmpty && !(mayBeFilled && isFilledPossible);
}
