// Adds a measure to a sum, or subtracts it. Durations are sorted into bins by their logarithm, so that percentiles of sums of bins are within 5 %.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Measure } from '../../figures/measure.ts';

/** Each bin ends where the next begins, a tenth higher: its middle is within 4.9 % of all it holds. */
const STEP = Math.log(1.1);

/** The bin of a duration: 0 for less than a second. @internal */
export function binOf(seconds: number): number {
  return seconds < 1 ? 0 : 1 + Math.floor(Math.log(seconds) / STEP);
}

/** The same in SQL. */
export const binInSql = (seconds: SQL): SQL =>
  sql`CASE WHEN ${seconds} < 1 THEN 0 ELSE 1 + floor(ln(${seconds}) / ln(1.1::float8)) END::integer`;

/** Seconds that stand for a bin: the geometric middle. */
export function middleOf(bin: number): number {
  return bin === 0 ? 0 : Math.exp((bin - 0.5) * STEP);
}

/** What some measures amount to, by one clock. */
export interface Sum {
  n: number;
  /** Of seconds or scores. */
  total: number;
  met: number;
  missed: number;
  fromZendesk: number;
  /** How many in each bin, the first bin first. */
  bins: number[];
}

export type Clock = 'calendar' | 'business';

/** What is added or taken out: a measure, 1 or -1 times. */
interface Change {
  readonly measure: Measure;
  readonly sign: 1 | -1;
}

const WITH_DURATION: ReadonlySet<MeasureId> = new Set(TIMED);
const WITH_SCORES: ReadonlySet<MeasureId> = new Set(['csat', 'ces']);

export const emptySum = (): Sum => ({ n: 0, total: 0, met: 0, missed: 0, fromZendesk: 0, bins: [] });

/** @param sumOf the sum of each clock by which there is a value */
export function addToSums({ measure, sign }: Change, sumOf: (clock: Clock) => Sum, hasBins = true): void {
  const { seconds, businessSeconds, score, met } = measure;
  const calendar = sumOf('calendar');
  count(calendar, { measure, sign }, seconds ?? score, hasBins ? binFor(measure, seconds) : null);
  if (met === true) calendar.met += sign;
  if (met === false) calendar.missed += sign;
  if (businessSeconds === null) return;
  count(sumOf('business'), { measure, sign }, businessSeconds, hasBins ? binFor(measure, businessSeconds) : null);
}

function binFor({ figure, score }: Measure, seconds: number | null): number | null {
  if (WITH_DURATION.has(figure)) return seconds === null ? null : binOf(seconds);
  return WITH_SCORES.has(figure) ? score : null;
}

function count(sum: Sum, { measure, sign }: Change, value: number | null, bin: number | null): void {
  sum.n += sign;
  sum.total += sign * (value ?? 0);
  if (measure.fromZendesk) sum.fromZendesk += sign;
  if (bin === null) return;
  while (sum.bins.length <= bin) sum.bins.push(0);
  sum.bins[bin] = (sum.bins[bin] ?? 0) + sign;
}

/** Whether adding it changes anything. */
export function isChange({ n, total, met, missed, fromZendesk, bins }: Sum): boolean {
  return [n, total, met, missed, fromZendesk, ...bins].some((value) => value !== 0);
}
