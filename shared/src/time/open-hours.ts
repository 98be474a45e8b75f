// Checks whether the business is open, and finds when it opens next.
import type { BusinessCalendar } from './business-calendar.ts';
import { noonOf, openStretches } from './open-stretches.ts';

/** Weekly hours open within a week; only listed holidays can delay it. */
const MOST_DAYS = 366 * 3;

/** Is it open at this time (epoch milliseconds)? A period includes its start and excludes its end. */
export function isOpenAt(ms: number, calendar: BusinessCalendar): boolean {
  return openStretches(noonOf(ms, calendar), calendar).some(({ from, to }) => from <= ms && ms < to);
}

/** The first time from `ms` on (epoch milliseconds) at which it is open: `ms` itself while it is open; null if it is closed for the next three years. */
export function nextOpening(ms: number, calendar: BusinessCalendar): number | null {
  let day = noonOf(ms, calendar);
  for (let count = 0; count < MOST_DAYS; count += 1, day = day.plus({ days: 1 })) {
    for (const { from, to } of openStretches(day, calendar)) if (ms < to) return Math.max(from, ms);
  }
  return null;
}
