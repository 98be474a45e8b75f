// Reads how many tickets were handed to a department.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { readKnownSince } from '../measures/known-since.ts';
import type { Period } from './figure-query.ts';

export interface HandOffs {
  readonly n: number;
  /** Null: not all of them are known. */
  readonly before: number | null;
  /** By category id ('' for none), the most first. */
  readonly byCategory: readonly { readonly category: string; readonly n: number }[];
}

/** @param department its id in the policy */
export async function readHandOffs(
  db: Queryable,
  department: string,
  { period, before }: { period: Period; before: Period },
): Promise<HandOffs> {
  const within = ({ from, to }: Period) => sql`at >= ${from.toISOString()} AND at < ${to.toISOString()}`;
  const { rows } = await db.execute<{ category: string; n: number; before: number }>(sql`
    SELECT coalesce(category, '') AS category, count(*) FILTER (WHERE ${within(period)})::int AS n,
      count(*) FILTER (WHERE ${within(before)})::int AS before
    FROM measures WHERE figure = 'hand_off' AND detail = ${department} AND (${within(period)} OR ${within(before)})
    GROUP BY 1 ORDER BY 2 DESC, 1`);
  const known = await readKnownSince(db);
  const sum = (of: (row: { n: number; before: number }) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  return {
    n: sum(({ n }) => n),
    before: known && before.from < known.seen ? null : sum((row) => row.before),
    byCategory: rows.filter(({ n }) => n > 0).map(({ category, n }) => ({ category, n })),
  };
}
