// Sums up a period from the sums of its days or weeks, and reads what those lack from the measures in bins.
import { type MeasureId, TIMED } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { middleOf } from '../measures/sum.ts';
import { type BinnedRow, readBinned, type Sums } from './binned-measures.ts';
import { type Bucket, isBucket, type Period, type RollupPlace, type TallyQuery } from './figure-query.ts';
import { addBins, type Binned, noneBinned, spreadOfBins, type Tallies, type Tally, toHistogram } from './tally.ts';

interface RollupQuery extends Omit<TallyQuery, 'before'> {
  /** Null: no sums are kept for these filters. */
  readonly place: RollupPlace | null;
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
  const unit = query.place?.of === 'combined' ? query.place.grain : 'day';
  const whole = wholeUnits(query.period, { zone, unit }, 'within');
  const place = whole.from < whole.to ? query.place : null;
  const edges = place
    ? [
        { from, to: whole.from },
        { from: whole.to, to },
      ]
    : [query.period];
  const parts = await Promise.all([
    place ? readSums(db, { ...query, place, period: whole }, zone) : [],
    ...edges.filter((edge) => edge.from < edge.to).map((edge) => readBinned(db, { ...query, period: edge }, zone)),
  ]);
  const tallies = new Map<string, Map<MeasureId, Growing>>();
  for (const row of parts.flat()) add(tallies, row);
  return new Map([...tallies].map(([key, of]) => [key, new Map([...of].map(([id, sums]) => [id, toTally(id, sums)]))]));
}

async function readSums(
  db: Queryable,
  { measures, place, by, period, filters }: RollupQuery & { readonly place: RollupPlace },
  zone: string,
): Promise<BinnedRow[]> {
  const source = place.of === 'days' ? daysIn(place, by, zone) : combinedIn(place, { filters, by }, zone);
  // The bins are added up here: PostgreSQL would sort all of them, a second for a year.
  const { rows } = await db.execute<SummedRow>(sql`
    SELECT ${source.key} AS key, figure, clock, sum(n)::float8 AS n, sum(total)::float8 AS total, sum(met)::float8 AS met,
      sum(missed)::float8 AS missed, sum(from_zendesk)::float8 AS from_zendesk,
      string_agg(array_to_string(bins, ','), ';') FILTER (WHERE bins <> '{}') AS bins
    FROM ${source.table}
    WHERE figure = ANY(${sql.param(measures)}::text[]) AND ${source.where}
      AND bucket >= ${period.from.toISOString()} AND bucket < ${period.to.toISOString()}
    GROUP BY 1, 2, 3`);
  const addUp = place.of === 'days' ? addLists : addPairs;
  return rows.filter(({ n }) => n !== 0).map((row) => ({ ...row, bins: addUp(row.bins) }));
}

interface SummedRow extends Sums {
  /** `1,0,2;0,3`: the bins of each row. */
  readonly bins: string | null;
}

/** Where sums are read from. */
interface Source {
  readonly table: SQL;
  readonly key: SQL;
  readonly where: SQL;
}

function daysIn({ dimension, member }: RollupPlace & { of: 'days' }, by: TallyQuery['by'], zone: string): Source {
  const ofMember = member === null ? sql`true` : sql`member = ${member}`;
  return {
    table: sql`rollups`,
    key: by !== null && isBucket(by) ? startInSql(by, zone) : member === null ? sql`member` : sql`''`,
    where: sql`grain = 'day' AND dimension = ${dimension} AND ${ofMember}`,
  };
}

const COLUMNS = {
  tier: sql`tier`,
  category: sql`category`,
  channel: sql`channel`,
  group: sql`group_id`,
} as const;

function combinedIn(
  { grain }: RollupPlace & { of: 'combined' },
  { filters, by }: Pick<TallyQuery, 'filters' | 'by'>,
  zone: string,
): Source {
  const { tier, tiers, category, categories, channel, group } = filters;
  const wanted = { tier, category, channel, group: group?.toString() };
  const is = (dimension: keyof typeof COLUMNS): SQL =>
    wanted[dimension] === undefined ? sql`true` : sql`${COLUMNS[dimension]} = ${wanted[dimension]}`;
  const isAnyOf = (column: SQL, values: readonly string[] | undefined): SQL =>
    values === undefined ? sql`true` : sql`${column} = ANY(${sql.param(values)}::text[])`;
  return {
    table: sql`combined_rollups`,
    key:
      by === null
        ? sql`''`
        : isBucket(by)
          ? startInSql(by, zone)
          : by in COLUMNS
            ? COLUMNS[by as keyof typeof COLUMNS]
            : sql`''`,
    where: sql`grain = ${grain} AND ${is('tier')} AND ${is('category')} AND ${is('channel')} AND ${is('group')}
      AND ${isAnyOf(COLUMNS.tier, tiers)} AND ${isAnyOf(COLUMNS.category, categories)}`,
  };
}

const startInSql = (by: Bucket, zone: string): SQL =>
  sql`(extract(epoch FROM date_trunc(${by}, bucket, ${zone})) * 1000)::bigint::text`;

/** `1,0,2;0,3`: how many are in the first bin, the second, and so on, of each day. */
function addLists(days: string | null): number[] {
  const bins: number[] = [];
  forEachNumber(days ?? '', (n, bin) => {
    bins[bin] = (bins[bin] ?? 0) + n;
  });
  return bins;
}

/** `2,5,9,1;2,4`: a bin and how many are in it, and so on, of each week. */
function addPairs(weeks: string | null): number[] {
  const bins: number[] = [];
  let bin = 0;
  forEachNumber(weeks ?? '', (n, place) => {
    if (place % 2 === 0) {
      bin = n;
      return;
    }
    while (bins.length <= bin) bins.push(0);
    bins[bin] = (bins[bin] ?? 0) + n;
  });
  return bins;
}

const [COMMA, SEMICOLON, ZERO] = [44, 59, 48];

/** Whole numbers between commas and semicolons, each with its place after the last semicolon. A year has half a million of them: `split` takes three times as long. */
function forEachNumber(text: string, add: (n: number, place: number) => void): void {
  if (text === '') return;
  let [n, place] = [0, 0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === COMMA || code === SEMICOLON) {
      add(n, place);
      place = code === COMMA ? place + 1 : 0;
      n = 0;
    } else n = n * 10 + code - ZERO;
  }
  add(n, place);
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

interface Units {
  /** IANA. */
  readonly zone: string;
  readonly unit: 'day' | 'week';
}

/** The days or weeks of the zone that lie within the period, or all that it touches. */
export function wholeUnits({ from, to }: Period, { zone, unit }: Units, which: 'within' | 'around'): Period {
  const startOf = (at: Date): DateTime => DateTime.fromJSDate(at, { zone }).startOf(unit);
  const floor = (at: Date): Date => startOf(at).toJSDate();
  const ceil = (at: Date): Date => {
    const start = startOf(at);
    return start.toMillis() === at.getTime()
      ? at
      : start
          .plus({ [`${unit}s`]: 1 })
          .startOf(unit)
          .toJSDate();
  };
  return which === 'within' ? { from: ceil(from), to: floor(to) } : { from: floor(from), to: ceil(to) };
}
