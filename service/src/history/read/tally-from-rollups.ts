// Sums up a period from the sums of its days, and what those do not tell from the measures in bins.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { middleOf } from '../measures/bins.ts';
import { type BinnedRow, readBinned, type Sums } from './binned-measures.ts';
import { isBucket, type Period, type placeInRollups, type TallyQuery } from './figure-query.ts';
import { addBins, type Binned, noneBinned, spreadOfBins, type Tallies, type Tally, toHistogram } from './tally.ts';

type Place = NonNullable<ReturnType<typeof placeInRollups>>;

interface RollupQuery extends Omit<TallyQuery, 'before'> {
  /** Null: no sums are kept for these filters. */
  readonly place: Place | null;
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
  const place = days.from < days.to ? query.place : null;
  const edges = place
    ? [
        { from, to: days.from },
        { from: days.to, to },
      ]
    : [query.period];
  const parts = await Promise.all([
    place ? readDays(db, { ...query, place, period: days }, zone) : [],
    ...edges.filter((edge) => edge.from < edge.to).map((edge) => readBinned(db, { ...query, period: edge }, zone)),
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
  { measures, place, by, period }: RollupQuery & { readonly place: Place },
  zone: string,
): Promise<BinnedRow[]> {
  // The bins are added up here: PostgreSQL would sort all of them, a second for a year.
  const { rows } = await db.execute<SummedRow>(sql`
    SELECT ${keyOf(by, place.member, zone)} AS key, figure, clock, sum(n)::float8 AS n, sum(total)::float8 AS total, sum(met)::float8 AS met,
      sum(missed)::float8 AS missed, sum(from_zendesk)::float8 AS from_zendesk,
      string_agg(array_to_string(bins, ','), ';') FILTER (WHERE bins <> '{}') AS days
    FROM rollups
    WHERE grain = 'day' AND figure = ANY(${sql.param(measures)}::text[]) AND dimension = ${place.dimension}
      AND ${place.member === null ? sql`true` : sql`member = ${place.member}`}
      AND bucket >= ${period.from.toISOString()} AND bucket < ${period.to.toISOString()}
    GROUP BY 1, 2, 3`);
  return rows.filter(({ n }) => n !== 0).map((row) => ({ ...row, bins: addUp(row.days) }));
}

interface SummedRow extends Sums {
  /** `1,0,2;0,3`: the bins of each day. */
  readonly days: string | null;
}

function addUp(days: string | null): number[] {
  const bins: number[] = [];
  for (const day of days?.split(';') ?? [])
    for (const [bin, n] of day.split(',').entries()) bins[bin] = (bins[bin] ?? 0) + Number(n);
  return bins;
}

function keyOf(by: TallyQuery['by'], member: string | null, zone: string): SQL {
  if (by !== null && isBucket(by))
    return sql`(extract(epoch FROM date_trunc(${by}, bucket, ${zone})) * 1000)::bigint::text`;
  return member === null ? sql`member` : sql`''`;
}

const isTimed = (figure: MeasureId): boolean => (TIMED as readonly MeasureId[]).includes(figure);

function add(tallies: Map<string, Map<MeasureId, Growing>>, row: BinnedRow): void {
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
