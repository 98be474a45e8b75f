// Finds days, weeks, months and quarters by the calendar of a time zone.
import { DateTime } from 'luxon';
import { firstMomentAt } from './first-moment-at.ts';

export type PeriodLength = 'day' | 'week' | 'month' | 'quarter';

/** Epoch milliseconds; `to` is the first moment that is no longer in it. */
export interface CalendarPeriod {
  readonly from: number;
  readonly to: number;
}

/**
 * The period in which a moment lies; weeks begin on Monday (ISO 8601). A day has 23 or 25 hours when the clocks change.
 * @param moment epoch milliseconds
 * @param timeZone IANA name
 * @param shift -1: the period before, 1: the one after
 */
export function calendarPeriod(length: PeriodLength, moment: number, timeZone: string, shift = 0): CalendarPeriod {
  const start = DateTime.fromMillis(moment, { zone: timeZone }).startOf(length);
  const from = start.plus({ [length]: shift }).startOf(length);
  return {
    from: from.toMillis(),
    to: from
      .plus({ [length]: 1 })
      .startOf(length)
      .toMillis(),
  };
}

/** The date on the calendar of the time zone: `2026-11-27`. */
export function localDate(moment: number, timeZone: string): string {
  const date = DateTime.fromMillis(moment, { zone: timeZone }).toISODate();
  if (date === null) throw new RangeError(`not a moment or a time zone: ${moment} ${timeZone}`);
  return date;
}

/** The first moment of a date such as `2026-11-27`; null: there is no such date. */
export function startOfDate(date: string, timeZone: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  const start = DateTime.fromISO(date, { zone: timeZone });
  return start.isValid ? start.startOf('day').toMillis() : null;
}

/** `2026-11-27` and -1 give `2026-11-26`. */
export function addDays(date: string, days: number): string {
  return localDate(DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toMillis(), 'utc');
}

/** `2026-11-20T10:00` or `2026-11-20` on the clock of the time zone, as epoch milliseconds; null: not such a time, or one that the clock skips. */
export function readLocalTime(text: string, timeZone: string): number | null {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(text)) return startOfDate(text, timeZone);
  const read = DateTime.fromISO(text.replace(' ', 'T'), { zone: timeZone });
  const isShown = read.isValid && read.toFormat('HH:mm') === text.slice(-5);
  return isShown ? read.toMillis() : null;
}

/** When the clock first shows `08:00` or later on a date such as `2026-11-27`; a time that it shows twice is the earlier one. */
export function momentOn(date: string, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return firstMomentAt(DateTime.fromISO(`${date}T12:00`, { zone: timeZone }), hours * 60 + minutes);
}

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => DateTime.fromISO(date, { zone: 'utc' }).weekday;
