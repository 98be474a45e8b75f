// Reads how many tickets were open at the end of each day, and when they will be worked off.
import { addDays, localDate, type Policy, startOfDate } from '@deskwright/shared';
import type { Forecast } from '@deskwright/shared/contract';
import { forecastBacklog } from '../../figures/forecast.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { figuresZone } from '../measures/figures-state.ts';
import { readKnownSince } from '../measures/known-since.ts';
import type { FigureFilters, Period } from './figure-query.ts';
import { bucketStarts, readFlow } from './read-series.ts';
import { readTallies } from './read-tallies.ts';
import { type Tallies, tallyOf } from './tally.ts';

/** What makes the open tickets more or fewer. Deleted tickets and spam count in nothing, on no day. */
const MOVES = ['arrival', 'solve', 'reopen', 'merge'] as const;

/** By how many more were open at the end than at the beginning. */
function growthIn(tallies: Tallies, key: string): number {
  const [arrivals = 0, solves = 0, reopens = 0, merges = 0] = MOVES.map((move) => tallyOf(tallies, key, move).n);
  return arrivals + reopens - solves - merges;
}

/**
 * Counted back from what is open now: a day earlier those were open that were solved or merged since, and those that arrived or were reopened since were
 * not. What came after the range is one sum: days of years would keep the whole service from answering meanwhile. Without the days of which not all
 * tickets are known.
 * @param open tickets that are open now, of the same filters
 */
export async function readBacklog(
  db: Queryable,
  { from, to, ...filters }: Period & FigureFilters,
  { open, now }: { open: number; now: Date },
): Promise<{ at: string; open: number }[]> {
  if (to <= from) return [];
  const read = async (period: Period, by: 'day' | null): Promise<Tallies> =>
    (await readTallies(db, { measures: MOVES, period, before: null, filters, by })).now;
  const [ofDays, since, zone, known] = await Promise.all([
    read({ from, to }, 'day'),
    read({ from: to, to: now }, null),
    figuresZone(db),
    readKnownSince(db),
  ]);
  let left = open - growthIn(since, '');
  let end = to;
  const ends: { at: string; open: number }[] = [];
  for (const at of bucketStarts({ from, to }, 'day', zone).toReversed()) {
    if (known !== null && end <= known.told) break;
    ends.push({ at: at.toISOString(), open: Math.max(0, left) });
    left -= growthIn(ofDays, String(at.getTime()));
    end = at;
  }
  return ends.toReversed();
}

/** Eight of each weekday. */
const DAYS = 56;

/** From the whole days before today of which all tickets are known, since the first on which anything happened. `open`: tickets open now. The same day gives the same forecast. */
export async function readForecast(
  db: Queryable,
  filters: FigureFilters,
  { policy, now, open }: { policy: Pick<Policy, 'time_zone'>; now: Date; open: number },
): Promise<Forecast> {
  const today = localDate(now.getTime(), policy.time_zone);
  const startOf = (day: string): Date => new Date(startOfDate(day, policy.time_zone) ?? Number.NaN);
  const flow = await readFlow(db, { ...filters, from: startOf(addDays(today, -DAYS)), to: startOf(today) }, 'day');
  const told = (await readKnownSince(db))?.told.getTime() ?? Number.NEGATIVE_INFINITY;
  const first = flow.findIndex(({ at, arrivals, solves }) => Date.parse(at) >= told && arrivals + solves > 0);
  return forecastBacklog({ open, days: first === -1 ? [] : flow.slice(first), seed: Date.parse(today) / 86_400_000 });
}
