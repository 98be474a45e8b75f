// Checks whether the business is open, finds when it opens next, and measures the business time between two moments.
import { DateTime } from 'luxon';
import type { BusinessCalendar } from './business-calendar.ts';
import { firstMomentAt } from './first-moment-at.ts';

/** Epoch milliseconds, `to` not included. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The open periods of the local day that contains `day`, in order. Opening hours are wall time, so on days when the
 * clocks change a period may be an hour longer or shorter than written.
 */
export function openStretches(day: DateTime, calendar: BusinessCalendar): Stretch[] {
  const date = day.toISODate();
  if (date === null || calendar.holidays.has(date)) return [];
  const intervals = calendar.openByWeekday.get(day.weekday) ?? [];
  return intervals
    .map(({ start, end }) => ({ from: firstMomentAt(day, start), to: firstMomentAt(day, end) }))
    .filter(({ from, to }) => from < to);
}

/** Noon of the local day that contains a time: the safest hour for stepping from day to day. */
export function noonOf(ms: number, calendar: BusinessCalendar): DateTime {
  const day = DateTime.fromMillis(ms, { zone: calendar.timeZone });
  if (!day.isValid) throw new RangeError(`not a moment in ${calendar.timeZone}: ${ms}`);
  return day.set({ hour: 12, minute: 0, second: 0, millisecond: 0 });
}

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
