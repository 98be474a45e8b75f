// Finds which step of a reply target a customer's wait has reached.
import { addDuration, type BusinessCalendar, isOpenAt, parseDuration } from '@deskwright/shared';

export interface WaitToJudge {
  /** Epoch milliseconds. */
  readonly waitingSince: number;
  /** The reply target as the policy writes it, `4bh`. */
  readonly within: string;
  /** The highest step that somebody was reminded of; 0: none. */
  readonly told: number;
}

/**
 * The highest step that has been reached and is above those told: a service that was down, or starts late, reminds once and not of each step that it
 * missed. Null: none, or the target counts business hours and it is night; then it is told when the business opens.
 * @param steps percentages of the target, in any order
 * @param now epoch milliseconds
 */
export function newestDueStep(
  steps: readonly number[],
  { waitingSince, within, told }: WaitToJudge,
  calendar: BusinessCalendar,
  now: number,
): number | null {
  const { amount, unit } = parseDuration(within);
  const left = steps.filter((step) => step > told).toSorted((a, b) => a - b);
  let reached: number | null = null;
  for (const step of left) {
    if (addDuration(waitingSince, { amount: (amount * step) / 100, unit }, calendar) > now) break;
    reached = step;
  }
  return reached === null || (unit === 'bh' && !isOpenAt(now, calendar)) ? null : reached;
}
