// Checks the days and times of opening hours.
import { readIntervals, readWeekdayKey, WEEKDAYS } from '../../time/read-weekdays.ts';
import { errorAt, type Finding } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { isBlock } from '../value-at.ts';
import { shorten } from './check-spelling.ts';

/** All problems in `weekdays`, with paths relative to it. */
export function checkWeekdays(weekdays: unknown): Finding[] {
  if (!isBlock(weekdays)) {
    return [errorAt([], 'weekdays must be a block of days and hours: { mon-fri: "09:00-18:00" }')];
  }
  const entries = Object.entries(weekdays);
  if (entries.length === 0)
    return [errorAt([], 'weekdays is empty, so the business is never open; add a day with its hours')];
  const seen = new Map<number, string>();
  return entries.flatMap(([key, hours]) => [...checkDays(key, seen), ...checkHours(key, hours)]);
}

function checkDays(key: string, seen: Map<number, string>): Finding[] {
  const days = readWeekdayKey(key);
  if (!days) return [unknownDays(key)];
  const twice = days.find((day) => seen.has(day));
  for (const day of days) seen.set(day, seen.get(day) ?? key);
  if (twice === undefined) return [];
  return [
    errorAt(
      [key],
      `"${key}" includes ${WEEKDAYS[twice - 1]}, which "${seen.get(twice)}" already includes; remove one`,
      { at: 'key' },
    ),
  ];
}

function unknownDays(key: string): Finding {
  const parts = key.split('-').map((part) => nearestSpelling(part.trim().slice(0, 3), WEEKDAYS));
  const didYouMean = parts.length <= 2 && parts.every((part) => part !== undefined) ? parts.join('-') : undefined;
  return errorAt([key], `"${shorten(key)}" is not a day or a range of days such as mon-fri`, {
    at: 'key',
    allowed: WEEKDAYS,
    ...(didYouMean !== undefined && { didYouMean }),
  });
}

function checkHours(key: string, hours: unknown): Finding[] {
  if (typeof hours !== 'string') return [errorAt([key], `hours must be text in quotes: "09:00-18:00"`)];
  const read = readIntervals(hours);
  return read.ok ? [] : [errorAt([key], `"${shorten(hours)}" ${read.problem}`)];
}
