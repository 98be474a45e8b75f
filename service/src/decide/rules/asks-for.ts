// Distinguishes conditions that look for something present from those that require its absence.
import type { Condition } from '@deskwright/shared';

const ABSENCE: ReadonlySet<string> = new Set(['is_not', 'includes_none', 'not_matches', 'absent']);

/** @param opposite the condition is inside `none`: requiring that an absence does not hold means looking for presence */
export function asksFor({ operator }: Condition, opposite: boolean): boolean {
  return ABSENCE.has(operator) === opposite;
}
