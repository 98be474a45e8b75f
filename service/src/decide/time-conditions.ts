// Computes when conditions on time next change their answer.
import type { Condition, ConditionGroup, ConditionNode } from '@deskwright/shared';
import { compareValues } from './rules/compare-values.ts';

const HOUR = 3_600_000;

/** Since when each field on time counts. */
const COUNTED_FROM = { created_hours_ago: 'createdAt', waiting_hours: 'waitingSince' } as const;

/** A moment of every ticket at which the answer of at least one condition changes. */
export interface TimeThreshold {
  readonly from: 'createdAt' | 'waitingSince';
  /** Whole milliseconds after `from`: the first at which the answer is the new one. */
  readonly afterMs: number;
}

/** The thresholds of all conditions in the groups, each once. Empty: time alone never changes what they say. */
export function timeThresholds(groups: readonly ConditionGroup[]): TimeThreshold[] {
  const found = new Map<string, TimeThreshold>();
  for (const condition of groups.flatMap(conditionsIn)) {
    const threshold = thresholdOf(condition);
    if (threshold) found.set(`${threshold.from} ${threshold.afterMs}`, threshold);
  }
  return [...found.values()];
}

/**
 * The first moment after `after` at which a condition on time could change its answer; null: there is none. All in epoch
 * milliseconds. A ticket whose customer does not wait (`waitingSince: null`) has no moments counted from there.
 */
export function nextTimeChange(
  thresholds: readonly TimeThreshold[],
  ticket: { readonly createdAt: number; readonly waitingSince: number | null },
  after: number,
): number | null {
  let next: number | null = null;
  for (const { from, afterMs } of thresholds) {
    const since = ticket[from];
    if (since === null) continue;
    const moment = since + afterMs;
    if (moment > after && (next === null || moment < next)) next = moment;
  }
  return next;
}

/** Whether a condition anywhere in the group is answered by the time that has passed. */
export function asksTime(group: ConditionGroup): boolean {
  return conditionsIn(group).some((condition) => thresholdOf(condition) !== null);
}

function thresholdOf(condition: Condition): TimeThreshold | null {
  const { field, operator, value } = condition;
  if (operator !== 'less_than' && operator !== 'greater_than') return null;
  if (field !== 'created_hours_ago' && field !== 'waiting_hours') return null;
  // Asked of the comparison itself, so that no rounding of hours comes between the two.
  const holds = compareValues(condition);
  const turned = (ms: number): boolean => holds(ms / HOUR) === (operator === 'greater_than');
  let afterMs = Math.floor(Number(value) * HOUR) - 1;
  if (!(Math.abs(afterMs) <= LONGEST_MS)) return null;
  while (!turned(afterMs)) afterMs += 1;
  return { from: COUNTED_FROM[field], afterMs };
}

/** Ten thousand years: later than any ticket, and still a date that JavaScript and PostgreSQL can write. */
const LONGEST_MS = 10_000 * 366 * 24 * HOUR;

function conditionsIn(node: ConditionNode): Condition[] {
  if ('field' in node) return [node];
  return [...(node.all ?? []), ...(node.any ?? []), ...(node.none ?? [])].flatMap(conditionsIn);
}
