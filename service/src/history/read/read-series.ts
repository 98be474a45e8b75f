// Reads how figures developed, hour by hour, day by day or week by week.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { Trend } from '@deskwright/shared/contract';
import { DateTime } from 'luxon';
import type { Queryable } from '../../platform/storage/database.ts';
import { figuresZone } from '../measures/figures-state.ts';
import { readKnownSince } from '../measures/known-since.ts';
import type { Bucket, FigureQuery, Period } from './figure-query.ts';
import { figureKnownSince, figureValue, measuresOf } from './figure-value.ts';
import { readTallies } from './read-tallies.ts';
import { tallyOf } from './tally.ts';

/**
 * A point for each hour, day or week that the period touches, by the clock of the policy's time zone. Figures of the moment have none but null, and
 * so have counts of a time of which not all tickets are known.
 */
export async function readSeries(
  db: Queryable,
  query: FigureQuery,
  ids: readonly FigureId[],
  bucket: Bucket,
): Promise<Omit<Trend, 'goal'>[]> {
  const { from, to, before: _, ...filters } = query;
  const period = { from, to };
  const measures = measuresOf(ids);
  const { now } = await readTallies(db, { measures, period, before: null, filters, by: bucket });
  const starts = bucketStarts(period, bucket, await figuresZone(db));
  const known = await readKnownSince(db);
  const isKnownBy = (figure: FigureId, end: Date): boolean => known === null || figureKnownSince(figure, known) < end;
  return ids.map((figure) => ({
    figure,
    unit: FIGURES[figure].unit,
    points: starts.map((at, index) => {
      const key = String(at.getTime());
      const { value, n, business, interval } = figureValue(figure, (measure) => tallyOf(now, key, measure));
      return {
        at: at.toISOString(),
        value:
          n === 0 && (FIGURES[figure].unit !== 'count' || !isKnownBy(figure, starts[index + 1] ?? to)) ? null : value,
        n,
        ...(FIGURES[figure].unit === 'duration' && { business: business?.median ?? null }),
        ...(interval && { interval }),
      };
    }),
  }));
}

/** Arrivals and solves of each hour or day. */
export async function readFlow(
  db: Queryable,
  query: FigureQuery,
  bucket: Bucket,
): Promise<{ at: string; arrivals: number; solves: number }[]> {
  const { from, to, before: _, ...filters } = query;
  const period = { from, to };
  const measures = ['arrival', 'solve'] as const;
  const { now } = await readTallies(db, { measures, period, before: null, filters, by: bucket });
  return bucketStarts(period, bucket, await figuresZone(db)).map((at) => {
    const count = (measure: 'arrival' | 'solve'): number => tallyOf(now, String(at.getTime()), measure).n;
    return { at: at.toISOString(), arrivals: count('arrival'), solves: count('solve') };
  });
}

/** The starts of all buckets that the period touches, in order. Where the clock is set back, an hour of its name counts once. */
export function bucketStarts({ from, to }: Period, bucket: Bucket, zone: string): Date[] {
  const starts: Date[] = [];
  let at = DateTime.fromJSDate(from, { zone }).startOf(bucket);
  while (at.toMillis() < to.getTime()) {
    starts.push(at.toJSDate());
    at = bucket === 'hour' ? at.plus({ hours: 1 }) : at.plus({ [`${bucket}s`]: 1 }).startOf(bucket);
  }
  return starts;
}
