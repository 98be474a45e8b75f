// Sorts durations into bins by their logarithm, so that percentiles of sums of bins are within 5 %.

import { type SQL, sql } from 'drizzle-orm';

/** Each bin ends where the next begins, a tenth higher: its middle is within 4.9 % of all it holds. */
const STEP = Math.log(1.1);

/** The bin of a duration: 0 for less than a second. */
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
