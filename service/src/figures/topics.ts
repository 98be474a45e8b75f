// Ranks what customers write about, and compares it before and after a launch.
import { addDays } from '@deskwright/shared';

interface Counted {
  readonly id: string;
  readonly n: number;
}

interface Ranked extends Counted {
  /** Of all, from 0 to 1. */
  readonly share: number;
  /** Of this one and all before it, from 0 to 1. */
  readonly cumulative: number;
  /** Against the period before, as a part of it: 0.2 is a fifth more. Null: it did not occur then, or there is no such period. */
  readonly trend: number | null;
}

/**
 * The ranking of a Pareto chart (Juran 1951). Equal counts are ordered by id. Ids that occur only in the period before are left out.
 * @param before counts of the period before, which has the same length; null: there is none
 */
export function rankByCount(counts: readonly Counted[], before: readonly Counted[] | null): Ranked[] {
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const earlier = new Map(before?.map(({ id, n }) => [id, n]));
  let passed = 0;
  return counts
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .map(({ id, n }) => {
      passed += n;
      const was = earlier.get(id) ?? 0;
      return { id, n, share: n / total, cumulative: passed / total, trend: was === 0 ? null : n / was - 1 };
    });
}

/** Arrivals of one category on one day of the policy's time zone. Days without any may be missing. */
export interface DayCount {
  /** `2026-11-27` */
  readonly day: string;
  readonly category: string;
  readonly n: number;
}

export type BeforeAndAfter =
  /** `knownFrom`: the day on which it can be said. */
  | { readonly state: 'too_early'; readonly knownFrom: string }
  /** The history does not reach back far enough. */
  | { readonly state: 'no_before' }
  | {
      readonly state: 'known';
      /** Days on each side. */
      readonly days: number;
      /** Arrivals a day, the largest change first. */
      readonly effect: readonly { readonly category: string; readonly before: number; readonly after: number }[];
    };

interface Span {
  /** The day of the mark. It counts for neither side: it is part one, part the other. */
  readonly day: string;
  /** The running day, which is not over. */
  readonly today: string;
  /** The first day of which everything is known. */
  readonly knownSince: string;
}

/** Fewer days say nothing. */
const LEAST_DAYS = 3;
const MOST_WEEKS = 4;

/**
 * The same weekdays before and after, so that weekends do not pass for an effect: whole weeks on both sides, four at most; within the first
 * week the days since, and the same weekdays of the week before.
 */
export function beforeAndAfter(counts: readonly DayCount[], { day, today, knownSince }: Span): BeforeAndAfter {
  const passed = daysBetween(day, today) - 1;
  if (passed < LEAST_DAYS) return { state: 'too_early', knownFrom: addDays(day, LEAST_DAYS + 1) };
  const known = daysBetween(knownSince, day);
  if (known < 7) return { state: 'no_before' };
  const weeks = Math.min(Math.floor(passed / 7), Math.floor(known / 7), MOST_WEEKS);
  const days = weeks === 0 ? passed : weeks * 7;
  // Of the day after the mark, the same weekday in the week before is six days before the mark.
  const before = weeks === 0 ? addDays(day, -6) : addDays(day, -days);
  const ofBefore = sumByCategory(counts, before, days);
  const ofAfter = sumByCategory(counts, addDays(day, 1), days);
  const effect = [...new Set([...ofBefore.keys(), ...ofAfter.keys()])].map((category) => ({
    category,
    before: (ofBefore.get(category) ?? 0) / days,
    after: (ofAfter.get(category) ?? 0) / days,
  }));
  return { state: 'known', days, effect: effect.toSorted((a, b) => change(b) - change(a) || compare(a, b)) };
}

const change = ({ before, after }: { before: number; after: number }): number => Math.abs(after - before);

const compare = (a: { category: string }, b: { category: string }): number => (a.category < b.category ? -1 : 1);

function sumByCategory(counts: readonly DayCount[], first: string, days: number): Map<string, number> {
  const end = addDays(first, days);
  const sums = new Map<string, number>();
  for (const { day, category, n } of counts)
    if (day >= first && day < end) sums.set(category, (sums.get(category) ?? 0) + n);
  return sums;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
