// Reads figures, with the period before.
import type { FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import { readKnownSince } from '../measures/known-since.ts';
import { changeOf } from './change-of.ts';
import type { FigureQuery, Period } from './figure-query.ts';
import { figureKnownSince, figureValue, measuresOf } from './figure-value.ts';
import { readTallies } from './read-tallies.ts';
import { type ComparedTallies, tallyOf } from './tally.ts';

/** The figures, in the order of `ids`. Those of the moment (`waiting`, `oldest_wait`, `open_tickets`, `days_to_clear`) have no period: see `readWaiting` and `readForecast`. */
export async function readFigures(db: Queryable, query: FigureQuery, ids: readonly FigureId[]): Promise<FigureValue[]> {
  const { from, to, before, ...filters } = query;
  const asked = { measures: measuresOf(ids), period: { from, to }, before: before ?? null, filters, by: null };
  const [tallies, isKnown] = await Promise.all([readTallies(db, asked), readIsKnown(db, asked.before)]);
  return ids.map((id) => compareFigures(id, isKnown(id) ? tallies : { ...tallies, before: null }, ''));
}

/** Whether all that a figure counts is known of the period before: what is not, would be compared with a part of it, or with nothing. */
export async function readIsKnown(db: Queryable, before: Period | null): Promise<(id: FigureId) => boolean> {
  const known = before && (await readKnownSince(db));
  return (id) => !known || before.from >= figureKnownSince(id, known);
}

/** The figure of one key of a breakdown, compared with the same key before. */
export function compareFigures(id: FigureId, { now, before, length }: ComparedTallies, key: string): FigureValue {
  const value = figureValue(id, (measure) => tallyOf(now, key, measure));
  if (!before) return value;
  const then = figureValue(id, (measure) => tallyOf(before, key, measure));
  const change = changeOf(id, {
    now: (measure) => tallyOf(now, key, measure),
    before: (measure) => tallyOf(before, key, measure),
    length,
  });
  return { ...value, before: { value: then.value, n: then.n }, ...(change && { change }) };
}
