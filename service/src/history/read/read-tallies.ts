// Sums up measures for one or more periods: from the measures themselves, or from sums of days where those would be too many.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { readSumsState } from '../measures/figures-state.ts';
import { readKnownSince } from '../measures/known-since.ts';
import { type Period, placeInRollups, type TallyQuery } from './figure-query.ts';
import { type ComparedTallies, lengthsOf, type Tallies } from './tally.ts';
import { tallyFromMeasures } from './tally-from-measures.ts';
import { tallyFromRollups } from './tally-from-rollups.ts';
import { wholeUnits } from './whole-units.ts';

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
