// Compiles business hours into a form for calculations.
import type { Policy } from '../policy/schema.ts';
import { type OpenInterval, readIntervals, readWeekdayKey } from './read-weekdays.ts';

export interface BusinessCalendar {
  /** IANA name. */
  readonly timeZone: string;
  /** By ISO day, 1 Monday to 7 Sunday; missing days are closed. In order, without overlap. */
  readonly openByWeekday: ReadonlyMap<number, readonly OpenInterval[]>;
  /** Days closed all day, as `2026-12-25`. */
  readonly holidays: ReadonlySet<string>;
}

/**
 * The calendar of a policy.
 * @throws RangeError when the hours are not valid; `loadPolicy` refuses these
 */
export function toBusinessCalendar(policy: Pick<Policy, 'time_zone' | 'business_hours'>): BusinessCalendar {
  const openByWeekday = new Map<number, OpenInterval[]>();
  for (const [key, hours] of Object.entries(policy.business_hours.weekdays)) {
    const days = readWeekdayKey(key);
    const read = readIntervals(hours);
    if (!days || !read.ok) throw new RangeError(`not business hours: ${key}: ${hours}`);
    for (const day of days) openByWeekday.set(day, read.intervals);
  }
  return { timeZone: policy.time_zone, openByWeekday, holidays: new Set(policy.business_hours.holidays) };
}
