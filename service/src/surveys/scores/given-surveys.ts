// Tells in SQL which surveys were given in a period, with their raw scores.
import { type SQL, sql } from 'drizzle-orm';

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export const isIn = ({ from, to }: Period, at: SQL): SQL =>
  sql`${at} >= ${from.toISOString()} AND ${at} < ${to.toISOString()}`;

/**
 * A query: the surveys first answered in the period, by whomever, whose last submission is not the answer that counts: `id` of the invitation, `at`,
 * `raw`, and `cleaned`, null where no answer counts. There are few, so reading them apart costs less than the last submission of every survey;
 * materialized, because sorting comes after leaving out nearly all.
 */
export const differingIn = (period: Period): SQL => sql`
  WITH later AS MATERIALIZED (
    SELECT u.invitation_id, u.id, u.score AS raw, r.answered_at, r.score AS cleaned
    FROM survey_submissions u LEFT JOIN responses r ON r.invitation_id = u.invitation_id
    WHERE u.at >= ${period.from.toISOString()} AND (r.invitation_id IS NULL OR u.id > coalesce(r.submission_id, 0))),
  last AS (SELECT DISTINCT ON (invitation_id) * FROM later ORDER BY invitation_id, id DESC),
  differing AS (
    SELECT invitation_id AS id, raw, cleaned,
      coalesce(answered_at, (SELECT min(s.at) FROM survey_submissions s WHERE s.invitation_id = last.invitation_id)) AS at FROM last)
  SELECT id, at, raw, cleaned FROM differing WHERE ${isIn(period, sql`at`)}`;

/** A query: each survey that was first answered in the period, by whomever: `id` of the invitation, `at`, and its `raw` score. */
export const givenIn = (period: Period): SQL => sql`
  WITH differing AS (${differingIn(period)})
  SELECT r.invitation_id AS id, r.answered_at AS at, coalesce(d.raw, r.score) AS raw
  FROM responses r LEFT JOIN differing d ON d.id = r.invitation_id WHERE ${isIn(period, sql`r.answered_at`)}
  UNION ALL SELECT id, at, raw FROM differing WHERE cleaned IS NULL`;

/**
 * The moments at which weeks or quarters begin by the calendar of the time zone, for `width_bucket`, which takes a fraction of the time of `date_trunc`.
 * The first bucket is the one in which the period begins.
 */
export const startsOf = (unit: 'week' | 'quarter', { from, to, timeZone }: Period & { timeZone: string }): SQL =>
  sql`(SELECT array_agg(start AT TIME ZONE ${timeZone}::text ORDER BY start) FROM generate_series(
    date_trunc(${unit}, ${from.toISOString()}::timestamptz AT TIME ZONE ${timeZone}::text), ${to.toISOString()}::timestamptz AT TIME ZONE ${timeZone}::text,
    ${LENGTHS[unit]}::interval) start)`;

/** The local day on which the bucket begins. */
export const startOfBucket = (
  unit: 'week' | 'quarter',
  bucket: SQL,
  { from, timeZone }: { from: Date; timeZone: string },
): SQL =>
  sql`date_trunc(${unit}, ${from.toISOString()}::timestamptz AT TIME ZONE ${timeZone}::text) + (${bucket} - 1) * ${LENGTHS[unit]}::interval`;

const LENGTHS = { week: '1 week', quarter: '3 months' } as const;
