// Finds at which share of its time a follow-up is due for a reminder.
import { type BusinessCalendar, businessMsBetween, isOpenAt } from '@deskwright/shared';

interface Timed {
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** The highest step that somebody was reminded of, in percent; 0: none. */
  readonly reminded: number;
}

/**
 * The highest step that has been reached and is above those told, so that a service that was down reminds once. Null: none, or it is business time that
 * counts and the business is closed.
 * @param steps percentages of the time between opening and due
 * @param calendar null: hours count at night too
 */
export function reachedStep(
  steps: readonly number[],
  { openedAt, dueAt, reminded }: Timed,
  calendar: BusinessCalendar | null,
  now: Date,
): number | null {
  if (calendar !== null && !isOpenAt(now.getTime(), calendar)) return null;
  const whole = timeBetween(openedAt, dueAt, calendar);
  const passed = timeBetween(openedAt, now, calendar);
  const reached = steps.filter((step) => step > reminded && passed * 100 >= whole * step);
  return reached.length === 0 ? null : Math.max(...reached);
}

const timeBetween = (from: Date, to: Date, calendar: BusinessCalendar | null): number =>
  calendar === null ? to.getTime() - from.getTime() : businessMsBetween(from.getTime(), to.getTime(), calendar);
