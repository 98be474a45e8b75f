// Reads what customers write about.
import type { Policy } from '@deskwright/shared';
import type { Dashboard } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import type { FigureQuery } from './figure-query.ts';
import { namesOf } from './names.ts';
import { readTallies } from './read-tallies.ts';
import { tallyOf } from './tally.ts';

/** The arrivals of each category, the most first; `trend` against the period before. Tickets without a category have the id ''. */
export async function readTopics(
  db: Queryable,
  { from, to, before, ...filters }: FigureQuery,
  policy: Pick<Policy, 'categories'>,
): Promise<Dashboard['topics']> {
  const asked = { measures: ['arrival'] as const, period: { from, to }, before: before ?? null, filters };
  const { now, before: then } = await readTallies(db, { ...asked, by: 'category' });
  const nameOf = namesOf(policy.categories);
  const counts = [...now.keys()].map((id) => ({ id, n: tallyOf(now, id, 'arrival').n }));
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  return counts
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .map(({ id, n }) => {
      const had = then ? tallyOf(then, id, 'arrival').n : 0;
      return { id, name: nameOf(id), n, share: n / all, trend: had > 0 ? n / had - 1 : null };
    });
}
