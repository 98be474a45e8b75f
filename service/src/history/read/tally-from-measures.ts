// Sums up the measures of some periods, exactly.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Histogram } from '../../figures/intervals.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { binInSql, middleOf } from '../measures/bins.ts';
import { filterMeasures, type Period, type TallyQuery } from './figure-query.ts';
import { keyInSql, within } from './period-in-sql.ts';
import { type ComparedTallies, lengthsOf, type Tallies, type Tally, toHistogram } from './tally.ts';

interface Row extends Record<string, unknown> {
  key: string;
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
  const { before, ...ofNow } = query;
  const read = (of: Period): Promise<Tallies> =>
    tallyPeriod(db, { ...ofNow, period: of }, { zone, isCompared: before !== null });
  const [now, then] = await Promise.all([read(query.period), before && read(before)]);
  return { now, before: then, length: lengthsOf(query) };
}

type PeriodQuery = Omit<TallyQuery, 'before'>;

async function tallyPeriod(
  db: Queryable,
  query: PeriodQuery,
  { zone, isCompared }: { zone: string; isCompared: boolean },
): Promise<Tallies> {
  const { by, measures, period, filters } = query;
  const [{ rows }, histograms] = await Promise.all([
    db.execute<Row>(sql`
      SELECT ${keyInSql(by, zone)} AS key, figure, count(*)::float8 AS n,
        coalesce(sum(coalesce(seconds, score)), 0)::float8 AS total,
        count(*) FILTER (WHERE met)::float8 AS met, count(*) FILTER (WHERE NOT met)::float8 AS missed,
        count(*) FILTER (WHERE from_zendesk)::float8 AS from_zendesk,
        CASE WHEN figure IN ('csat', 'ces') THEN ARRAY[${SCORES}] END AS scores,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY seconds) AS calendar, avg(seconds)::float8 AS calendar_mean,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY business_seconds) AS business,
        avg(business_seconds)::float8 AS business_mean
      FROM measures
      WHERE figure = ANY(${sql.param(measures)}::text[]) AND ${within(period)} AND ${filterMeasures(filters, by)}
      GROUP BY 1, 2`),
    isCompared && measures.some(isTimed) ? readHistograms(db, query, zone) : new Map<string, Histogram>(),
  ]);
  return toTallies(rows, histograms);
}

/** Durations by bin: whether they changed is told by their ranks. */
async function readHistograms(
  db: Queryable,
  { by, measures, period, filters }: PeriodQuery,
  zone: string,
): Promise<Histograms> {
  const { rows } = await db.execute<Pick<Row, 'key' | 'figure'> & { bins: number[]; counts: number[] }>(sql`
    SELECT key, figure, array_agg(bin) AS bins, array_agg(n) AS counts FROM (
      SELECT ${keyInSql(by, zone)} AS key, figure, ${binInSql(sql`seconds`)} AS bin, count(*)::float8 AS n
      FROM measures
      WHERE figure = ANY(${sql.param(measures.filter(isTimed))}::text[]) AND ${within(period)} AND ${filterMeasures(filters, by)}
        AND seconds IS NOT NULL
      GROUP BY 1, 2, 3) AS binned
    GROUP BY 1, 2`);
  return new Map(
    rows.map(({ bins, counts, ...row }) => [
      nameOf(row),
      bins.map((bin, index) => ({ value: middleOf(bin), n: counts[index] ?? 0 })),
    ]),
  );
}

type Histograms = ReadonlyMap<string, Histogram>;

const nameOf = ({ key, figure }: Pick<Row, 'key' | 'figure'>): string => JSON.stringify([key, figure]);

const isTimed = (measure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(measure);

function toTallies(rows: readonly Row[], histograms: Histograms): Tallies {
  const tallies = new Map<string, Map<MeasureId, Tally>>();
  for (const row of rows) {
    const { key } = row;
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
