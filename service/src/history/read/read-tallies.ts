// Sums up measures for one or more periods: from the measures themselves, or from sums of days where those would be too many.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Histogram } from '../../figures/intervals.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { readSumsState } from '../measures/figures-state.ts';
import { readKnownSince } from '../measures/known-since.ts';
import { binInSql, middleOf } from '../measures/sum.ts';
import { keyInSql, within } from './binned-measures.ts';
import { filterMeasures, type Period, placeInRollups, type TallyQuery } from './figure-query.ts';
import { type ComparedTallies, lengthsOf, type Tallies, type Tally, toHistogram } from './tally.ts';
import { tallyFromRollups, wholeUnits } from './tally-from-rollups.ts';

/** As many rows of measures are read and sorted in about 20 ms. */
const MOST_MEASURES = 20_000;

/**
 * The sums of each period. Counts, means and shares are exact. Percentiles are exact for one agent and where at most 20,000 measures are
 * read, otherwise within 5 % (`isApproximate`). Nothing is compared with a period of which not all tickets are known.
 */
export async function readTallies(
  db: Queryable,
  asked: TallyQuery,
  { mostMeasures = MOST_MEASURES } = {},
): Promise<ComparedTallies> {
  const known = asked.before && (await readKnownSince(db));
  const query = known && asked.before && asked.before.from < known.told ? { ...asked, before: null } : asked;
  const { measures, period, before, filters } = query;
  if (measures.length === 0) return { now: new Map(), before: before && new Map(), length: lengthsOf(query) };
  const { zone, hasCombined } = await readSumsState(db);
  if (filters.agent !== undefined || (await countMeasures(db, query, zone)) <= mostMeasures)
    return tallyFromMeasures(db, query, zone);
  const kept = placeInRollups(filters, query);
  const place = kept?.of === 'combined' && !hasCombined ? null : kept;
  const read = (of: Period): Promise<Tallies> => tallyFromRollups(db, { ...query, period: of, place }, zone);
  const [now, then] = await Promise.all([read(period), before && read(before)]);
  return { now, before: then, length: lengthsOf(query) };
}

/** How many rows of measures the query would read, by the sums of the days that it touches: there is an index of the categories, besides that of all. */
async function countMeasures(db: Queryable, query: TallyQuery, zone: string): Promise<number> {
  const { measures, period, before, filters } = query;
  const touched = [period, ...(before ? [before] : [])].map((each) =>
    wholeUnits(each, { zone, unit: 'day' }, 'around'),
  );
  const isOfCategory = filters.category !== undefined;
  const { rows } = await db.execute<{ n: number }>(sql`
    SELECT coalesce(sum(n), 0)::float8 AS n FROM rollups
    WHERE grain = 'day' AND figure = ANY(${sql.param(measures)}::text[]) AND clock = 'calendar'
      AND dimension = ${isOfCategory ? 'category' : 'all'} AND member = ${filters.category ?? ''}
      AND (${sql.join(
        touched.map(({ from, to }) => sql`(bucket >= ${from.toISOString()} AND bucket < ${to.toISOString()})`),
        sql` OR `,
      )})`);
  return rows[0]?.n ?? 0;
}

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
async function tallyFromMeasures(db: Queryable, query: TallyQuery, zone: string): Promise<ComparedTallies> {
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
