// Forecasts when the open tickets will be worked off.
import type { Forecast } from '@deskwright/shared/contract';
import { mean } from 'simple-statistics';

/** @internal */
export interface DayFlow {
  readonly arrivals: number;
  readonly solves: number;
}

/** With fewer days there is not one of each weekday, and no forecast. */
export const FEWEST_DAYS = 7;
const LONGEST_DAYS = 365;

export interface ForecastInput {
  /** Tickets that are open now. */
  readonly open: number;
  /** Whole past days without gaps, in order, the last one yesterday. */
  readonly days: readonly DayFlow[];
  /** The same seed gives the same forecast. */
  readonly seed: number;
  /** Simulated futures. */
  readonly runs?: number;
}

/**
 * Simulates the coming days by past ones, each weekday by the same weekdays, arrivals together with solves, and gives the median day on which
 * nothing is open any more, with the interval from the 10th to the 90th percentile. Source: the bootstrap, Efron and Tibshirani 1993.
 * Null days: half of the futures do not get there within a year, or there are fewer than seven days of history.
 */
export function forecastBacklog({ open, days, seed, runs = 1_000 }: ForecastInput): Forecast {
  const arrivalsPerDay = days.length === 0 ? 0 : mean(days.map(({ arrivals }) => arrivals));
  const solvesPerDay = days.length === 0 ? 0 : mean(days.map(({ solves }) => solves));
  const waitDays = expectedWait(open, solvesPerDay);
  const known = { open, arrivalsPerDay, solvesPerDay, waitDays, from: days.length };
  if (open <= 0) return { ...known, days: 0, interval: [0, 0] };
  if (days.length < FEWEST_DAYS) return { ...known, days: null, interval: null };
  const random = mulberry32(seed);
  const byWeekday = Array.from({ length: 7 }, (_, ahead) =>
    days.filter((_, index) => (days.length - index) % 7 === (7 - ahead) % 7),
  );
  const lengths = Array.from({ length: runs }, () => daysToClear(open, byWeekday, random)).toSorted((a, b) => a - b);
  const at = (share: number): number =>
    lengths[Math.min(runs - 1, Math.floor(share * runs))] ?? Number.POSITIVE_INFINITY;
  const [low, middle, high] = [at(0.1), at(0.5), at(0.9)];
  const orNull = (value: number): number | null => (value === Number.POSITIVE_INFINITY ? null : value);
  return { ...known, days: orNull(middle), interval: orNull(low) === null ? null : [low, orNull(high)] };
}

/** Days and the part of the last one; infinite: not within a year. `byWeekday[0]`: past days with the weekday of today. */
function daysToClear(open: number, byWeekday: readonly (readonly DayFlow[])[], random: () => number): number {
  let left = open;
  for (let day = 0; day < LONGEST_DAYS; day++) {
    const past = byWeekday[day % 7] ?? [];
    const { arrivals, solves } = past[Math.floor(random() * past.length)] ?? { arrivals: 0, solves: 0 };
    const next = left + arrivals - solves;
    if (next <= 0) return day + left / (left - next);
    left = next;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * How many days a ticket that arrives now waits if the oldest come first. Source: Little's law, L = λW (Little 1961): 800 open at 133 a day
 * wait 6.0 days. Null: nothing is solved.
 * @internal
 */
export function expectedWait(open: number, perDay: number): number | null {
  return perDay > 0 ? open / perDay : null;
}

/** Numbers from 0 to 1 that a seed determines. Source: mulberry32 by Tommy Ettinger, public domain. @internal */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
