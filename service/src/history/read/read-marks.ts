// Reads what is marked on trends: launches, changes of the policy, and when the history begins.

import { addDays, localDate, type Policy } from '@deskwright/shared';
import type { Annotation } from '@deskwright/shared/contract';
import { asc, sql } from 'drizzle-orm';
import { type BeforeAndAfter, beforeAndAfter, type DayCount } from '../../figures/topics.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { listAnnotations } from '../annotations.ts';
import { readKnownSince } from '../measures/known-since.ts';
import { policyVersions } from '../tables.ts';
import type { Period } from './figure-query.ts';
import { namesOf } from './read-topics.ts';

/** A change of the policy is named by as much of its hash as people compare. */
const HASH_SHOWN = 8;
/** Days before and after a mark that its effect is computed from, at most. */
const EFFECT_DAYS = 29;

export interface Mark extends Annotation {
  /** Null: it concerns all categories. */
  readonly category: string | null;
  /** Of launches: arrivals before and after, or why they are not known. */
  readonly compared: BeforeAndAfter | null;
}

/** Those of the period, the oldest first. What a mark changed is said once it can be said. */
export async function readMarks(
  db: Queryable,
  { from, to }: Period,
  { policy, now }: { policy: Pick<Policy, 'categories' | 'time_zone'>; now: Date },
): Promise<Mark[]> {
  const isIn = ({ at }: { at: Date }): boolean => at >= from && at < to;
  const [marks, versions] = await Promise.all([
    listAnnotations(db),
    db.select().from(policyVersions).orderBy(asc(policyVersions.id)),
  ]);
  const shown = marks.filter(isIn);
  const compare = shown.length === 0 ? () => null : await comparison(db, { from, to }, { policy, now });
  const nameOf = namesOf(policy.categories);
  const changes = versions.map(({ id, hash, since }, n) => ({
    id: -id,
    at: since,
    kind: n === 0 ? ('installed' as const) : ('policy' as const),
    text: n === 0 ? 'Deskwright' : hash.slice(0, HASH_SHOWN),
    category: null,
    compared: null,
    effect: [],
  }));
  const launches = shown.map(({ id, at, text, category }) => {
    const compared = compare(at, category);
    const effect = compared?.state === 'known' ? compared.effect : [];
    return {
      id,
      at,
      kind: 'mark' as const,
      text,
      category,
      compared,
      effect: effect.map(({ category: of, before, after }) => ({ id: of, name: nameOf(of), before, after })),
    };
  });
  return [...launches, ...changes.filter(isIn)]
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((mark) => ({ ...mark, at: mark.at.toISOString() }));
}

async function comparison(
  db: Queryable,
  { from, to }: Period,
  { policy, now }: { policy: Pick<Policy, 'time_zone'>; now: Date },
): Promise<(at: Date, category: string | null) => BeforeAndAfter> {
  const zone = policy.time_zone;
  const day = (at: Date): string => localDate(at.getTime(), zone);
  const today = day(now);
  const counts = await readArrivalDays(db, addDays(day(from), -EFFECT_DAYS), addDays(day(to), EFFECT_DAYS), zone);
  const knownSince = (await firstDay(db, zone)) ?? today;
  return (at, category) => {
    const ofCategory = category === null ? counts : counts.filter((each) => each.category === category);
    return beforeAndAfter(ofCategory, { day: day(at), today, knownSince });
  };
}

/** Arrivals of each category on each day, from the sums. */
async function readArrivalDays(db: Queryable, first: string, last: string, zone: string): Promise<DayCount[]> {
  const { rows } = await db.execute<{ day: string; category: string; n: number }>(sql`
    SELECT to_char(bucket AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day, member AS category, n::float8 AS n FROM rollups
    WHERE grain = 'day' AND figure = 'arrival' AND dimension = 'category' AND clock = 'calendar'
      AND bucket >= ${first}::timestamp AT TIME ZONE ${zone} AND bucket <= ${last}::timestamp AT TIME ZONE ${zone}`);
  return rows;
}

/** The first day of which all arrivals are known. */
async function firstDay(db: Queryable, zone: string): Promise<string | null> {
  const known = await readKnownSince(db);
  if (known !== null) return addDays(localDate(known.told.getTime() - 1, zone), 1);
  const { rows } = await db.execute<{ day: string | null }>(sql`
    SELECT to_char(min(bucket) AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day FROM rollups
    WHERE grain = 'day' AND figure = 'arrival' AND dimension = 'all' AND member = '' AND clock = 'calendar'`);
  return rows[0]?.day ?? null;
}
