// Reads who waits now, from the tickets themselves.
import type { Policy } from '@deskwright/shared';
import type { AgeBand, Dashboard } from '@deskwright/shared/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { type FigureFilters, isAnyOrNone, isOrNone } from './figure-query.ts';
import { namesOf } from './read-topics.ts';

/** Where a band of ages begins, in hours: within the hour, half a working day, a working day, and so on. */
const BANDS = [0, 1, 4, 8, 24, 72, 168] as const;
const HOUR_MS = 3_600_000;

interface Row extends Record<string, unknown> {
  tier: string | null;
  n: number;
  unassigned: number;
  oldest_at: number;
  oldest_id: number;
  ages: number[];
}

export type Waiting = Omit<Dashboard['waiting'], 'oldest'> & {
  readonly oldest: { readonly since: string; readonly ticketId: number } | null;
};

/** Tickets whose customer waits for an answer, and all that are open. An agent is whom a ticket is assigned to. */
export async function readWaiting(
  db: Queryable,
  filters: FigureFilters,
  { policy, now }: { policy: Pick<Policy, 'tiers'>; now: Date },
): Promise<Waiting> {
  const [waiting, open] = await Promise.all([countWaiting(db, filters, now), countOpen(db, filters)]);
  const [oldest = null] = waiting.toSorted((a, b) => a.oldest_at - b.oldest_at);
  return {
    n: sum(waiting, ({ n }) => n),
    open,
    unassigned: sum(waiting, ({ unassigned }) => unassigned),
    oldest: oldest && { since: new Date(oldest.oldest_at).toISOString(), ticketId: oldest.oldest_id },
    byTier: byTier(waiting, policy),
    ages: BANDS.map(
      (from, i): AgeBand => ({ from, to: BANDS[i + 1] ?? null, n: sum(waiting, ({ ages }) => ages[i] ?? 0) }),
    ),
  };
}

const sum = (rows: readonly Row[], of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);

/** The policy's tiers in its order, then others that have tickets. */
function byTier(rows: readonly Row[], { tiers }: Pick<Policy, 'tiers'>): Waiting['byTier'] {
  const nameOf = namesOf(tiers);
  const found = new Map(rows.map((row) => [row.tier ?? '', row]));
  const ids = [...new Set([...tiers.map(({ id }) => id), ...[...found.keys()].toSorted()])];
  return ids.map((id) => {
    const row = found.get(id);
    return { id, name: nameOf(id), n: row?.n ?? 0, oldest: row ? new Date(row.oldest_at).toISOString() : null };
  });
}

async function countWaiting(db: Queryable, filters: FigureFilters, now: Date): Promise<Row[]> {
  const bands = BANDS.map(
    (from, i) => sql`count(*) FILTER (WHERE ${hasWaited({ from, to: BANDS[i + 1] ?? null }, now)})::float8`,
  );
  const { rows } = await db.execute<Row>(sql`
    SELECT tier, count(*)::float8 AS n, count(*) FILTER (WHERE assignee_id IS NULL)::float8 AS unassigned,
      (extract(epoch FROM min(waiting_since)) * 1000)::float8 AS oldest_at,
      (array_agg(id ORDER BY waiting_since, id))[1]::float8 AS oldest_id, ARRAY[${sql.join(bands, sql`, `)}] AS ages
    FROM tickets WHERE gone IS NULL AND waiting_since IS NOT NULL AND ${filterTickets(filters)}
    GROUP BY tier`);
  return rows;
}

/** A condition on `tickets` that wait: for `from` hours, and less than `to`; null: or longer. */
export function hasWaited({ from, to }: Pick<AgeBand, 'from' | 'to'>, now: Date): SQL {
  const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * HOUR_MS).toISOString();
  // What waits since a moment ago by another clock is in the first band.
  const isOld = from === 0 ? sql`true` : sql`waiting_since <= ${hoursAgo(from)}`;
  return sql`${isOld} AND ${to === null ? sql`true` : sql`waiting_since > ${hoursAgo(to)}`}`;
}

async function countOpen(db: Queryable, filters: FigureFilters): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    SELECT count(*)::float8 AS n FROM tickets WHERE ${IS_OPEN} AND ${filterTickets(filters)}`);
  return rows[0]?.n ?? 0;
}

/** As the index `tickets_open` says it. */
export const IS_OPEN = sql`gone IS NULL AND status NOT IN ('solved', 'closed')`;

/** The filters as conditions on `tickets`. */
export function filterTickets({ tier, tiers, category, categories, channel, group, agent }: FigureFilters): SQL {
  return sql.join(
    [
      sql`true`,
      ...(tier === undefined ? [] : [isOrNone(sql`tier`, tier)]),
      ...(tiers === undefined ? [] : [sql`tier = ANY(${sql.param(tiers)}::text[])`]),
      ...(category === undefined ? [] : [isOrNone(sql`category`, category)]),
      ...(categories === undefined ? [] : [isAnyOrNone(sql`category`, categories)]),
      ...(channel === undefined ? [] : [sql`via = ${channel}`]),
      ...(group === undefined ? [] : [sql`group_id = ${group}`]),
      ...(agent === undefined ? [] : [sql`assignee_id = ${agent}`]),
    ],
    sql` AND `,
  );
}
