// Measures business time between two moments, with a cache for repeated use of one calendar.
import { type BusinessCalendar, businessMsBetween } from '@deskwright/shared';

const DAY = 86_400_000;

/** Business milliseconds from one moment to a later one, both in epoch milliseconds; 0 when it is not later. */
export type BusinessClock = (from: number, to: number) => number;

/**
 * Caches whole UTC days, because looking up a time zone's clock is slow and a wait of a year covers 365 days. (Any boundary works, since
 * parts of business time add up.) Holds one number for each day it was ever asked about.
 */
export function buildBusinessClock(calendar: BusinessCalendar): BusinessClock {
  const days = new Map<number, number>();
  const wholeDay = (day: number): number => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const ms = businessMsBetween(day * DAY, (day + 1) * DAY, calendar);
    days.set(day, ms);
    return ms;
  };
  return (from, to) => {
    if (to <= from) return 0;
    const first = Math.ceil(from / DAY);
    const last = Math.floor(to / DAY);
    if (first > last) return businessMsBetween(from, to, calendar);
    let total = businessMsBetween(from, first * DAY, calendar) + businessMsBetween(last * DAY, to, calendar);
    for (let day = first; day < last; day++) total += wholeDay(day);
    return total;
  };
}
