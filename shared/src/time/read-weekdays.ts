// Parses weekdays and hours such as `{ mon-fri: "09:00-12:00, 13:00-17:00" }`.
import { DateTime } from 'luxon';

/** In ISO order: Monday is day 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Open from `start` up to but not including `end`, in minutes after local midnight. */
export interface OpenInterval {
  readonly start: number;
  readonly end: number;
}

/**
 * The ISO days (1 Monday to 7 Sunday) of `mon`, `mon-fri` or, across the end of the week, `sat-mon`.
 * Undefined when the text names no days.
 */
export function readWeekdayKey(key: string): number[] | undefined {
  const days = key.split('-').flatMap((part) => dayNumber(part.trim()) ?? []);
  const [from, to = from] = days;
  if (from === undefined || to === undefined || days.length !== key.split('-').length || days.length > 2) {
    return undefined;
  }
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1);
}

function dayNumber(text: string): number | undefined {
  const index = WEEKDAYS.findIndex((day) => day === text);
  return index === -1 ? undefined : index + 1;
}

export type ReadIntervals = { ok: true; intervals: OpenInterval[] } | { ok: false; problem: string };

/** Reads `09:00-12:00, 13:00-17:00`. The problem completes a sentence that begins with the text itself. */
export function readIntervals(text: string): ReadIntervals {
  const intervals: OpenInterval[] = [];
  for (const part of text.split(',')) {
    const found = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(part);
    if (!found) return { ok: false, problem: 'is not a stretch of time such as 09:00-18:00' };
    const [, h1, m1, h2, m2] = found.map(Number);
    const start = minuteOfDay(h1, m1);
    const end = minuteOfDay(h2, m2);
    if (start === undefined || end === undefined) return { ok: false, problem: 'has a time that no clock shows' };
    if (start >= end) {
      return {
        ok: false,
        problem: 'ends before it begins; split a stretch over midnight: 22:00-24:00 and, next day, 00:00-06:00',
      };
    }
    if (start < (intervals.at(-1)?.end ?? 0))
      return { ok: false, problem: 'has stretches that overlap or are out of order' };
    intervals.push({ start, end });
  }
  return { ok: true, intervals };
}

function minuteOfDay(hour = 99, minute = 99): number | undefined {
  const total = hour * 60 + minute;
  return minute < 60 && total <= 24 * 60 ? total : undefined;
}

/** Is this a date like `2026-12-25` that exists? */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}
