// Lists the open periods of one day.
import { DateTime } from 'luxon';
import type { BusinessCalendar } from './business-calendar.ts';
import { firstMomentAt } from './first-moment-at.ts';

/** Epoch milliseconds, `to` not included. */
export interface Stretch {
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
