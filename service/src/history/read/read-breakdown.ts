// Reads figures of each tier, category, agent and so on.
import type { FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import type { Breakdown, FigureQuery } from './figure-query.ts';
import { measuresOf } from './figure-value.ts';
import { compareFigures, readIsKnown } from './read-figures.ts';
import { readTallies } from './read-tallies.ts';

/** By id, '' for what has none; without those of whom nothing was counted in either period. The figures are in the order of `ids`. */
export async function readBreakdown(
  db: Queryable,
  { from, to, before = null, ...filters }: FigureQuery,
  ids: readonly FigureId[],
  by: Breakdown,
): Promise<ReadonlyMap<string, FigureValue[]>> {
  const asked = { measures: measuresOf(ids), period: { from, to }, before, filters, by };
  const [tallies, isKnown] = await Promise.all([readTallies(db, asked), readIsKnown(db, before)]);
  const unknown = { ...tallies, before: null };
  const keys = new Set([...tallies.now.keys(), ...(tallies.before?.keys() ?? [])]);
  return new Map(
    [...keys].map((key) => [key, ids.map((id) => compareFigures(id, isKnown(id) ? tallies : unknown, key))]),
  );
}
