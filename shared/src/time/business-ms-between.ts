// Measures the business time between two moments.
import type { BusinessCalendar } from './business-calendar.ts';
import { noonOf, openStretches, type Stretch } from './open-stretches.ts';

/**
 * Milliseconds of business time from `a` to `b` (epoch milliseconds); negative when `b` comes before `a`.
 * Costs about 10 µs for every day between them.
 */
export function businessMsBetween(a: number, b: number, calendar: BusinessCalendar): number {
  if (b < a) return -businessMsBetween(b, a, calendar);
  return openBetween(a, b, calendar).reduce((total, { from, to }) => total + to - from, 0);
}

/** When the business is open from `a` to `b` (epoch milliseconds, `a` not after `b`), in order. */
export function openBetween(a: number, b: number, calendar: BusinessCalendar): Stretch[] {
  const open: Stretch[] = [];
  const last = noonOf(b, calendar);
  for (let day = noonOf(a, calendar); day <= last; day = day.plus({ days: 1 })) {
    for (const { from, to } of openStretches(day, calendar)) {
      const stretch = { from: Math.max(from, a), to: Math.min(to, b) };
      if (stretch.from < stretch.to) open.push(stretch);
    }
  }
  return open;
}
