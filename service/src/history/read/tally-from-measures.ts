// Sums up the measures of some periods, exactly.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Histogram } from '../../figures/intervals.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { middleOf } from '../measures/bins.ts';
import { COLUMNS, filterMeasures, isBucket, type Period, type TallyQuery } from './figure-query.ts';
import { type ComparedTallies, lengthsOf, type Tallies, type Tally, toHistogram } from './tally.ts';

interface Row extends Record<string, unknown> {
  period: 'now' | 'before';
  key: string | null;
  figure: MeasureId;
  n: number;
  total: number;
  met: number;
  missed: number;
  from_zendesk: number;
  scores: number[] | null;
  calendar: number[] | null;
  calendar_mean: number | null;
  business: number[] | null;
  business_mean: number | null;
}

/** The sums of both periods. Percentiles are interpolated between the two nearest values. */
export async function tallyFromMeasures(db: Queryable, query: TallyQuery, zone: string): Promise<ComparedTallies> {
  const { rows } = await db.execute<Row>(sql`
    SELECT period.name AS period, ${keyOf(query.by, zone)} AS key, figure, count(*)::float8 AS n,
      coalesce(sum(coalesce(seconds, score)), 0)::float8 AS total,
      count(*) FILTER (WHERE met)::float8 AS met, count(*) FILTER (WHERE NOT met)::float8 AS missed,
      count(*) FILTER (WHERE from_zendesk)::float8 AS from_zendesk,
      CASE WHEN figure IN ('csat', 'ces') THEN ARRAY[${SCORES}] END AS scores,
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds) AS calendar, avg(seconds)::float8 AS calendar_mean,
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY business_seconds) AS business, avg(business_seconds)::float8 AS business_mean
    FROM ${periodsOf(query)} JOIN measures ON measures.at >= period."from" AND measures.at < period."to"
    WHERE figure = ANY(${sql.param(query.measures)}::text[]) AND ${filterMeasures(query.filters)}
    GROUP BY 1, 2, 3`);
  const histograms = query.before && query.measures.some(isTimed) ? await readHistograms(db, query, zone) : new Map();
  const inPeriod = (name: Row['period']): Tallies =>
    toTallies(
      rows.filter(({ period }) => period === name),
      histograms,
    );
  return { now: inPeriod('now'), before: query.before && inPeriod('before'), length: lengthsOf(query) };
}

/** Durations by bin: whether they changed is told by their ranks. */
async function readHistograms(db: Queryable, query: TallyQuery, zone: string): Promise<Histograms> {
  const { rows } = await db.execute<Pick<Row, 'period' | 'key' | 'figure'> & { bins: number[]; counts: number[] }>(sql`
    SELECT period, key, figure, array_agg(bin) AS bins, array_agg(n) AS counts FROM (
      SELECT period.name AS period, ${keyOf(query.by, zone)} AS key, figure,
        CASE WHEN seconds < 1 THEN 0 ELSE 1 + floor(ln(seconds) / ln(1.1)) END::integer AS bin, count(*)::float8 AS n
      FROM ${periodsOf(query)} JOIN measures ON measures.at >= period."from" AND measures.at < period."to"
      WHERE figure = ANY(${sql.param(query.measures.filter(isTimed))}::text[]) AND seconds IS NOT NULL AND ${filterMeasures(query.filters)}
      GROUP BY 1, 2, 3, 4) AS binned
    GROUP BY 1, 2, 3`);
  return new Map(
    rows.map(({ bins, counts, ...row }) => [
      nameOf(row),
      bins.map((bin, index) => ({ value: middleOf(bin), n: counts[index] ?? 0 })),
    ]),
  );
}

type Histograms = ReadonlyMap<string, Histogram>;

const nameOf = ({ period, key, figure }: Pick<Row, 'period' | 'key' | 'figure'>): string =>
  JSON.stringify([period, key ?? '', figure]);

const isTimed = (measure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(measure);

function toTallies(rows: readonly Row[], histograms: Histograms): Tallies {
  const tallies = new Map<string, Map<MeasureId, Tally>>();
  for (const row of rows) {
    const key = row.key ?? '';
    tallies.set(
      key,
      (tallies.get(key) ?? new Map<MeasureId, Tally>()).set(
        row.figure,
        toTally(row, histograms.get(nameOf(row)) ?? []),
      ),
    );
  }
  return tallies;
}

/** Of the answers to surveys; the bin of a score is the score. */
const SCORES = sql.join(
  [0, 1, 2, 3, 4, 5, 6, 7].map((score) => sql`count(*) FILTER (WHERE score = ${sql.raw(String(score))})::float8`),
  sql`, `,
);

function keyOf(by: TallyQuery['by'], zone: string): SQL {
  if (by === null) return sql`''`;
  if (!isBucket(by)) return COLUMNS[by];
  return sql`(extract(epoch FROM date_trunc(${by}, measures.at, ${zone})) * 1000)::bigint::text`;
}

function periodsOf({ period, before }: TallyQuery): SQL {
  const row = (name: Row['period'], { from, to }: Period): SQL =>
    sql`(${name}, ${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz)`;
  const values = [row('now', period), ...(before ? [row('before', before)] : [])];
  return sql`(VALUES ${sql.join(values, sql`, `)}) AS period(name, "from", "to")`;
}

function toTally(row: Row, durations: Histogram): Tally {
  return {
    n: row.n,
    total: row.total,
    met: row.met,
    missed: row.missed,
    fromZendesk: row.from_zendesk,
    scores: row.scores ?? [],
    calendar: toSpread(row.calendar, row.calendar_mean),
    business: toSpread(row.business, row.business_mean),
    histogram: row.scores ? toHistogram(row.scores, (score) => score) : durations,
    isApproximate: false,
  };
}

function toSpread(percentiles: number[] | null, mean: number | null): Tally['calendar'] {
  const [median, p90] = percentiles ?? [];
  return median === undefined || p90 === undefined || mean === null ? null : { median, p90, mean };
}
