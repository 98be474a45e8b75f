// Computes when conditions on time next change their result.
import type { Condition, ConditionGroup, ConditionNode } from '@deskwright/shared';
import { compareValues } from './rules/leaf.ts';

const HOUR = 3_600_000;

/** What each field on time is counted from. */
const COUNTED_FROM = { created_hours_ago: 'createdAt', waiting_hours: 'waitingSince' } as const;

/** A time, relative to each ticket, at which the result of at least one condition changes. */
export interface TimeThreshold {
  readonly from: 'createdAt' | 'waitingSince';
  /** Whole milliseconds after `from`: the first at which the answer is the new one. */
  readonly afterMs: number;
}

/** The thresholds of all conditions in the groups, each once. Empty: their results never change with time alone. */
export function timeThresholds(groups: readonly ConditionGroup[]): TimeThreshold[] {
  const found = new Map<string, TimeThreshold>();
  for (const condition of groups.flatMap(conditionsIn)) {
    const threshold = thresholdOf(condition);
    if (threshold) found.set(`${threshold.from} ${threshold.afterMs}`, threshold);
  }
  return [...found.values()];
}

/**
 * The first time after `after` at which a condition on time could change its result; null: there is none. All in epoch
 * milliseconds. A ticket whose customer does not wait (`waitingSince: null`) has no times counted from that.
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

/** Whether a condition anywhere in the group depends on elapsed time. */
export function asksTime(group: ConditionGroup): boolean {
  return conditionsIn(group).some((condition) => thresholdOf(condition) !== null);
}

/** When the answer to one condition on time changes; null: never, or later than any ticket. */
export function thresholdOf(condition: Condition): TimeThreshold | null {
  const { field, operator, value } = condition;
  if (operator !== 'less_than' && operator !== 'greater_than') return null;
  if (field !== 'created_hours_ago' && field !== 'waiting_hours') return null;
  // Uses the comparison itself, so that no rounding of hours can differ.
  const holds = compareValues(condition);
  const turned = (ms: number): boolean => holds(ms / HOUR) === (operator === 'greater_than');
  let afterMs = Math.floor(Number(value) * HOUR) - 1;
  if (!(Math.abs(afterMs) <= LONGEST_MS)) return null;
  while (!turned(afterMs)) afterMs += 1;
  return { from: COUNTED_FROM[field], afterMs };
}

/** Ten thousand years: later than any ticket, and still a date that JavaScript and PostgreSQL can represent. */
const LONGEST_MS = 10_000 * 366 * 24 * HOUR;

function conditionsIn(node: ConditionNode): Condition[] {
  if ('field' in node) return [node];
  return [...(node.all ?? []), ...(node.any ?? []), ...(node.none ?? [])].flatMap(conditionsIn);
}
