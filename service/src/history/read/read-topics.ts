// Reads what customers write about, and by which channels.
import type { Policy } from '@deskwright/shared';
import type { Dashboard, Named } from '@deskwright/shared/contract';
import { sql } from 'drizzle-orm';
import { rankByCount } from '../../figures/topics.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { FigureQuery } from './figure-query.ts';
import { readTallies } from './read-tallies.ts';
import { type Tallies, tallyOf } from './tally.ts';

/** The arrivals of each category, the most first; `trend` against the period before. Tickets without a category have the id ''. */
export async function readTopics(
  db: Queryable,
  { from, to, before, ...filters }: FigureQuery,
  policy: Pick<Policy, 'categories'>,
): Promise<Dashboard['topics']> {
  const asked = { measures: ['arrival'] as const, period: { from, to }, before: before ?? null, filters };
  const { now, before: then } = await readTallies(db, { ...asked, by: 'category' });
  const nameOf = namesOf(policy.categories);
  const countsOf = (tallies: Tallies) =>
    [...tallies.keys()].map((id) => ({ id, n: tallyOf(tallies, id, 'arrival').n }));
  return rankByCount(countsOf(now), then && countsOf(then)).map(({ id, n, share, trend }) => ({
    id,
    name: nameOf(id),
    n,
    share,
    trend,
  }));
}

/** What people call it; what is no longer in the policy keeps its id, and nothing ('') a dash. */
export function namesOf(named: readonly Named[]): (id: string) => string {
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? (id === '' ? '–' : id);
}

/** In the words of policies, in alphabetical order. From the sums of days. */
export async function readChannels(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ channel: string }>(sql`
    SELECT DISTINCT member AS channel FROM rollups
    WHERE grain = 'day' AND figure = 'arrival' AND dimension = 'channel' AND member <> '' ORDER BY member`);
  return rows.map(({ channel }) => channel);
}
