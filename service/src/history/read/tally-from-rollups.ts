// Sums up a period from the sums of its days, and its first and last hours from the measures.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { binOf, middleOf } from '../measures/bins.ts';
import {
  COLUMNS,
  filterMeasures,
  isBucket,
  type Period,
  type placeInRollups,
  type TallyQuery,
} from './figure-query.ts';
import { addBins, type Binned, noneBinned, spreadOfBins, type Tallies, type Tally, toHistogram } from './tally.ts';

interface RollupQuery extends Omit<TallyQuery, 'before'> {
  readonly place: NonNullable<ReturnType<typeof placeInRollups>>;
}

interface Row extends Record<string, unknown> {
  key: string;
  figure: MeasureId;
  clock: 'calendar' | 'business';
  n: number;
  total: number;
  met: number;
  missed: number;
  from_zendesk: number;
  bins: number[] | null;
}

interface Growing {
  n: number;
  total: number;
  met: number;
  missed: number;
  fromZendesk: number;
  calendar: Binned;
  business: Binned;
}

/** The sums of one period. Percentiles are within 5 %. */
export async function tallyFromRollups(db: Queryable, query: RollupQuery, zone: string): Promise<Tallies> {
  const { from, to } = query.period;
  const days = wholeDays(query.period, zone, 'within');
  const hasDays = days.from < days.to;
  const edges = hasDays
    ? [
        { from, to: days.from },
        { from: days.to, to },
      ]
    : [query.period];
  const parts = await Promise.all([
    hasDays ? readDays(db, query, days, zone) : [],
    ...edges.filter((edge) => edge.from < edge.to).map((edge) => readEdge(db, query, edge, zone)),
  ]);
  const tallies = new Map<string, Map<MeasureId, Growing>>();
  for (const row of parts.flat()) add(tallies, row);
  return new Map([...tallies].map(([key, of]) => [key, new Map([...of].map(([id, sums]) => [id, toTally(id, sums)]))]));
}

/** The days of the zone that lie within the period, or all that it touches. */
export function wholeDays({ from, to }: Period, zone: string, which: 'within' | 'around'): Period {
  const startOfDay = (at: Date): Date => DateTime.fromJSDate(at, { zone }).startOf('day').toJSDate();
  const endOfDay = (at: Date): Date => {
    const start = DateTime.fromJSDate(at, { zone }).startOf('day');
    return start.toMillis() === at.getTime() ? at : start.plus({ days: 1 }).startOf('day').toJSDate();
  };
  return which === 'within'
    ? { from: endOfDay(from), to: startOfDay(to) }
    : { from: startOfDay(from), to: endOfDay(to) };
}

async function readDays(
  db: Queryable,
  { measures, place, by }: RollupQuery,
  days: Period,
  zone: string,
): Promise<Row[]> {
  const { rows } = await db.execute<Row>(sql`
    WITH days AS MATERIALIZED (
      SELECT ${keyOf(by, place.member, zone)} AS key, figure, clock, n, total, met, missed, from_zendesk, bins FROM rollups
      WHERE grain = 'day' AND figure = ANY(${sql.param(measures)}::text[]) AND dimension = ${place.dimension}
        AND ${place.member === null ? sql`true` : sql`member = ${place.member}`}
        AND bucket >= ${days.from.toISOString()} AND bucket < ${days.to.toISOString()}
    ), sums AS (
      SELECT key, figure, clock, sum(n)::float8 AS n, sum(total)::float8 AS total, sum(met)::float8 AS met,
        sum(missed)::float8 AS missed, sum(from_zendesk)::float8 AS from_zendesk
      FROM days GROUP BY 1, 2, 3
    ), binned AS (
      SELECT key, figure, clock, array_agg(n ORDER BY bin) AS bins FROM (
        SELECT key, figure, clock, bin, sum(bin_n)::float8 AS n
        FROM days, unnest(bins) WITH ORDINALITY AS each(bin_n, bin) GROUP BY 1, 2, 3, 4) AS each
      GROUP BY 1, 2, 3
    )
    SELECT * FROM sums LEFT JOIN binned USING (key, figure, clock) WHERE n <> 0`);
  return rows;
}

function keyOf(by: TallyQuery['by'], member: string | null, zone: string): SQL {
  if (by !== null && isBucket(by))
    return sql`(extract(epoch FROM date_trunc(${by}, bucket, ${zone})) * 1000)::bigint::text`;
  return member === null ? sql`member` : sql`''`;
}

/** The same of part of a day. */
async function readEdge(db: Queryable, query: RollupQuery, { from, to }: Period, zone: string): Promise<Row[]> {
  const { by } = query;
  const key =
    by === null
      ? sql`''`
      : isBucket(by)
        ? sql`(extract(epoch FROM date_trunc(${by}, at, ${zone})) * 1000)::bigint::text`
        : sql`coalesce(${COLUMNS[by]}, '')`;
  const { rows } = await db.execute<Omit<Row, 'bins'> & { values: number[] | null }>(sql`
    SELECT ${key} AS key, figure, clock, count(*)::float8 AS n, coalesce(sum(coalesce(value, score)), 0)::float8 AS total,
      count(*) FILTER (WHERE met)::float8 AS met, count(*) FILTER (WHERE NOT met)::float8 AS missed,
      count(*) FILTER (WHERE from_zendesk)::float8 AS from_zendesk,
      array_agg(coalesce(value, score)) FILTER (WHERE value IS NOT NULL OR figure IN ('csat', 'ces')) AS values
    FROM measures, LATERAL (VALUES ('calendar', seconds), ('business', business_seconds)) AS each(clock, value)
    WHERE figure = ANY(${sql.param(query.measures)}::text[]) AND at >= ${from.toISOString()} AND at < ${to.toISOString()}
      AND ${filterMeasures(query.filters)} AND (clock = 'calendar' OR value IS NOT NULL)
      ${by === 'detail' ? sql`AND detail IS NOT NULL` : sql``}
    GROUP BY 1, 2, 3`);
  return rows.map(({ values, ...row }) => ({ ...row, bins: inBins(row.figure as MeasureId, values ?? []) }) as Row);
}

function inBins(figure: MeasureId, values: readonly number[]): number[] {
  const bins: number[] = [];
  for (const value of values) {
    const bin = isTimed(figure) ? binOf(value) : value;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return Array.from(bins, (n) => n ?? 0);
}

const isTimed = (figure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(figure);

function add(tallies: Map<string, Map<MeasureId, Growing>>, row: Row): void {
  const of = tallies.get(row.key) ?? new Map<MeasureId, Growing>();
  tallies.set(row.key, of);
  const sums = of.get(row.figure) ?? {
    n: 0,
    total: 0,
    met: 0,
    missed: 0,
    fromZendesk: 0,
    calendar: noneBinned(),
    business: noneBinned(),
  };
  of.set(row.figure, sums);
  const clock = sums[row.clock];
  clock.n += row.n;
  clock.total += row.total;
  addBins(clock.bins, row.bins ?? []);
  if (row.clock !== 'calendar') return;
  sums.n += row.n;
  sums.total += row.total;
  sums.met += row.met;
  sums.missed += row.missed;
  sums.fromZendesk += row.from_zendesk;
}

function toTally(figure: MeasureId, { calendar, business, ...sums }: Growing): Tally {
  if (!isTimed(figure)) {
    const histogram = toHistogram(calendar.bins, (score) => score);
    return { ...sums, scores: calendar.bins, calendar: null, business: null, histogram, isApproximate: false };
  }
  return {
    ...sums,
    scores: [],
    calendar: spreadOfBins(calendar),
    business: spreadOfBins(business),
    histogram: toHistogram(calendar.bins, middleOf),
    isApproximate: true,
  };
}
