// Tells conditions that ask for something present from those that ask for its absence.
import type { Condition } from '@deskwright/shared';

const ABSENCE: ReadonlySet<string> = new Set(['is_not', 'includes_none', 'not_matches', 'absent']);

/** @param opposite the condition stands under `none`: asking that an absence does not hold asks for presence */
export function asksFor({ operator }: Condition, opposite: boolean): boolean {
  return ABSENCE.has(operator) === opposite;
}
