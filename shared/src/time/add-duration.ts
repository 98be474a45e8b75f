// Adds a duration to a point in time.
import { DateTime } from 'luxon';
import type { BusinessCalendar } from './business-calendar.ts';
import { type Duration, parseDuration } from './duration.ts';
import { noonOf, openStretches } from './open-hours.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Limit for calendars without any open hour. */
const MOST_DAYS = 366 * 30;

/**
 * The time after a duration, in epoch milliseconds, rounded to the millisecond.
 * - `m` and `h` are elapsed time;
 * - `d` are calendar days of the business's time zone: the same wall time, also across clock changes;
 * - `bh` are business hours: the earliest time by which that much business time has passed.
 * @param duration parsed, or as text such as `8bh`
 * @throws RangeError when the text is not a duration, or the calendar is never open
 */
export function addDuration(fromMs: number, duration: Duration | string, calendar: BusinessCalendar): number {
  const { amount, unit } = typeof duration === 'string' ? parseDuration(duration) : duration;
  switch (unit) {
    case 'm':
      return fromMs + Math.round(amount * MINUTE);
    case 'h':
      return fromMs + Math.round(amount * HOUR);
    case 'd': {
      const whole = Math.floor(amount);
      const later = DateTime.fromMillis(fromMs, { zone: calendar.timeZone }).plus({ days: whole });
      return later.toMillis() + Math.round((amount - whole) * 24 * HOUR);
    }
    case 'bh':
      return addBusinessMs(fromMs, Math.round(amount * HOUR), calendar);
  }
}

/**
 * The earliest time by which `ms` of business time have passed since `fromMs`; `fromMs` itself when `ms` is 0.
 * @throws RangeError when the calendar is not open for that long within 30 years
 */
export function addBusinessMs(fromMs: number, ms: number, calendar: BusinessCalendar): number {
  let left = ms;
  if (left <= 0) return fromMs;
  let day = noonOf(fromMs, calendar);
  for (let count = 0; count < MOST_DAYS; count += 1, day = day.plus({ days: 1 })) {
    for (const { from, to } of openStretches(day, calendar)) {
      const start = Math.max(from, fromMs);
      if (start >= to) continue;
      if (left <= to - start) return start + left;
      left -= to - start;
    }
  }
  throw new RangeError('the business is not open for so long within 30 years; check business_hours');
}
