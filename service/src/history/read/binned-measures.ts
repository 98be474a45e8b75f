// Sums up measures in bins: for more of them than are sorted in a moment.
import type { MeasureId } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { binInSql } from '../measures/sum.ts';
import { COLUMNS, filterMeasures, isBucket, type Period, type TallyQuery } from './figure-query.ts';

/** The sums of one key, measure and clock. */
export interface Sums extends Record<string, unknown> {
  readonly key: string;
  readonly figure: MeasureId;
  readonly clock: 'calendar' | 'business';
  readonly n: number;
  readonly total: number;
  readonly met: number;
  readonly missed: number;
  readonly from_zendesk: number;
}

export interface BinnedRow extends Sums {
  readonly bins: readonly number[] | null;
}

interface PairedRow extends Sums {
  readonly pairs: readonly [bin: number, n: number][] | null;
}

/** As the sums of days would be, if they were kept for these filters. */
export async function readBinned(
  db: Queryable,
  { measures, period, filters, by }: Omit<TallyQuery, 'before'>,
  zone: string,
): Promise<BinnedRow[]> {
  const { rows } = await db.execute<PairedRow>(sql`
    SELECT key, figure, clock, sum(n)::float8 AS n, sum(total)::float8 AS total, sum(met)::float8 AS met, sum(missed)::float8 AS missed,
      sum(from_zendesk)::float8 AS from_zendesk, jsonb_agg(jsonb_build_array(bin, n)) FILTER (WHERE bin IS NOT NULL) AS pairs
    FROM (
      SELECT ${keyInSql(by, zone)} AS key, figure, clock,
        CASE WHEN figure IN ('csat', 'ces') THEN score WHEN value IS NOT NULL THEN ${binInSql(sql`value`)} END AS bin,
        count(*) AS n, coalesce(sum(coalesce(value, score)), 0) AS total, count(*) FILTER (WHERE met) AS met,
        count(*) FILTER (WHERE NOT met) AS missed, count(*) FILTER (WHERE from_zendesk) AS from_zendesk
      FROM measures, LATERAL (VALUES ('calendar', seconds), ('business', business_seconds)) AS each(clock, value)
      WHERE figure = ANY(${sql.param(measures)}::text[]) AND ${within(period)} AND ${filterMeasures(filters, by)}
        AND (clock = 'calendar' OR value IS NOT NULL)
      GROUP BY 1, 2, 3, 4) AS binned
    GROUP BY 1, 2, 3`);
  return rows.map((row) => ({ ...row, bins: toBins(row.pairs ?? []) }));
}

function toBins(pairs: readonly [bin: number, n: number][]): number[] {
  const bins: number[] = [];
  for (const [bin, n] of pairs) bins[bin] = n;
  return Array.from(bins, (n) => n ?? 0);
}

/** With bounds as they are, so that PostgreSQL uses its index: it would read the whole table for a join with a list of periods. */
export const within = ({ from, to }: Period): SQL =>
  sql`measures.at >= ${from.toISOString()}::timestamptz AND measures.at < ${to.toISOString()}::timestamptz`;

/** What the query is broken down by; null: nothing. */
export function keyInSql(by: TallyQuery['by'], zone: string): SQL {
  if (by === null) return sql`''`;
  if (!isBucket(by)) return sql`coalesce(${COLUMNS[by]}, '')`;
  return sql`(extract(epoch FROM date_trunc(${by}, measures.at, ${zone})) * 1000)::bigint::text`;
}
