// Orders tickets by their band in the queue, and within a band by how long the customer has waited.

import { and, asc, eq, isNotNull, isNull, ne, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { REST } from '../decide/queue-band.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { idsOf, readRows, rowsOf } from '../platform/storage/joined-queries.ts';
import { tickets } from '../tickets/index.ts';

export interface QueuedTicket {
  id: number;
  subject: string;
  status: string;
  priority: string | null;
  tier: string | null;
  category: string | null;
  assigneeId: number | null;
  /** When the customer began to wait for us. */
  waitingSince: Date;
}

export interface Place {
  /** 1 is next. */
  place: number;
  /** Tickets in the same queue. */
  of: number;
}

/** A value, or a placeholder for it in a statement that is prepared. */
type Given<T> = T | Placeholder;

/** A ticket and the queue of its tier, which excludes other tickets in the groups `notIn`. */
export interface InQueue {
  readonly id: Given<number>;
  /** Null: the tickets without a tier. */
  readonly tier: Given<string> | null;
  readonly notIn: Given<readonly number[]>;
  /** The ticket's band. Default: the rest. */
  readonly band?: Given<number>;
}

/** The part of a queue that is counted: from a ticket of the same band to the one asked about, or (`toEnd`) all of the queue. */
export interface QueuePart {
  /** A timestamp as PostgreSQL writes it, which is more precise than a Date. */
  readonly since: Given<string>;
  readonly id: Given<number>;
  readonly toEnd: Given<boolean>;
  /** Tickets before the part. */
  readonly before: Given<number>;
  /** Tickets in the whole queue, where the part does not go to its end. */
  readonly of: Given<number>;
}

interface NextOldest {
  readonly tier: Given<string> | null;
  readonly besides: Given<number>;
  /** Undefined: all. */
  readonly seen: SQL | undefined;
  /** Only in these groups, each looked up by itself; null: in any. */
  readonly inGroups: Given<readonly number[]> | null;
  readonly notIn: Given<readonly number[]>;
}

export const WHOLE_QUEUE = { since: '-infinity', id: 0, toEnd: true, before: 0, of: 0 } as const satisfies QueuePart;

/** The greatest bigint: no ticket has it. */
const LAST_ID = '9223372036854775807';

/** A customer is waiting, and the ticket exists. */
const queued = and(isNull(tickets.gone), isNotNull(tickets.waitingSince));

/** The first band first, in it the longest wait first, then by id. With a tier, only its tickets. */
export async function listQueue(
  db: Queryable,
  { tier, limit }: { tier?: string; limit: number },
): Promise<QueuedTicket[]> {
  const { id, subject, status, priority, category, assigneeId } = tickets;
  const rows = await db
    .select({
      id,
      subject,
      status,
      priority,
      tier: tickets.tier,
      category,
      assigneeId,
      waitingSince: tickets.waitingSince,
    })
    .from(tickets)
    .where(and(queued, tier === undefined ? undefined : eq(tickets.tier, tier)))
    .orderBy(asc(tickets.queueBand), asc(tickets.waitingSince), asc(tickets.id))
    .limit(limit);
  return rows.flatMap(({ waitingSince, ...row }) => (waitingSince ? [{ ...row, waitingSince }] : []));
}

/**
 * The ticket's place in the queue of its tier, which excludes other tickets in the groups `notIn`: the ticket may be coming back from
 * one of them. Null: no customer is waiting. Counts the whole queue; a card counts a part of it (`partToCount`). @internal
 */
export async function placeInQueue(db: Queryable, ticket: InQueue): Promise<Place | null> {
  const [row] = await readRows(db, placeRows(ticket, WHOLE_QUEUE));
  return placeOf(row);
}

export const placeOf = (row: (Place & { waits: boolean }) | undefined): Place | null =>
  row?.waits ? { place: row.place, of: row.of } : null;

/** The ticket's place, counted in a part of the queue: one row. `waits`: whether the customer is waiting at all. */
export function placeRows({ id, tier, notIn, band = REST }: InQueue, part: QueuePart) {
  // Read in SQL: PostgreSQL's timestamps are more precise than a Date.
  const since = sql`(SELECT waiting_since FROM tickets WHERE id = ${id}::bigint AND gone IS NULL)`;
  const key = sql`(${tickets.queueBand}, ${tickets.waitingSince}, ${tickets.id})`;
  const own = sql`${band}::smallint`;
  const place = sql<number>`${part.before}::bigint + count(*) FILTER (WHERE ${key} < (${own}, ${since}, ${id}::bigint)) + 1`;
  const { waitingSince } = tickets;
  return rowsOf(
    {
      place,
      of: sql<number>`greatest(${place}, CASE WHEN ${part.toEnd}::boolean THEN count(*) ELSE ${part.of}::bigint END)`,
      waits: sql<boolean>`${since} IS NOT NULL`,
    },
    (select) =>
      select.from(tickets).where(
        and(
          queued,
          ofTier(tier),
          or(outOf(notIn), sql`${tickets.id} = ${id}::bigint`),
          sql`${key} >= (CASE WHEN ${part.toEnd}::boolean THEN 0 ELSE ${own} END::smallint, ${part.since}::timestamptz, ${part.id}::bigint)`,
          // With all three columns, as the scan of the index ends there: by the band alone it would read the rest of the band.
          sql`${key} <= (CASE WHEN ${part.toEnd}::boolean THEN ${REST} ELSE ${own} END::smallint,
            CASE WHEN ${part.toEnd}::boolean THEN 'infinity' ELSE ${since} END,
            CASE WHEN ${part.toEnd}::boolean THEN ${LAST_ID}::bigint ELSE ${id}::bigint END)`,
          // Repeated for the timestamp alone: for a pair PostgreSQL estimates a third of the queue, for a range one in two hundred.
          sql`${waitingSince} >= ${part.since}::timestamptz`,
          sql`${waitingSince} <= CASE WHEN ${part.toEnd}::boolean THEN 'infinity' ELSE ${since} END`,
        ),
      ),
  );
}

/**
 * The first ticket in a tier's order among those without an assignee that `seen` allows; never `besides`, and none
 * in the groups `notIn`. At most one row.
 */
export function nextOldestRows({ tier, besides, seen, inGroups, notIn }: NextOldest) {
  const { id, subject, waitingSince, queueBand } = tickets;
  const inOrder = [asc(queueBand), asc(waitingSince), asc(id)] as const;
  const nobodys = and(queued, ofTier(tier), isNull(tickets.assigneeId), ne(id, besides), outOf(notIn));
  if (inGroups === null)
    return rowsOf({ id, subject, waitingSince }, (select) =>
      select
        .from(tickets)
        .where(and(nobodys, seen))
        .orderBy(...inOrder)
        .limit(1),
    );
  const ofGroup = new QueryBuilder()
    .select({ id, subject, waitingSince, queueBand })
    .from(tickets)
    .where(and(nobodys, sql`${tickets.groupId} = mine.id`))
    .orderBy(...inOrder)
    .limit(1)
    .as('of_group');
  return rowsOf({ id: ofGroup.id, subject: ofGroup.subject, waitingSince: ofGroup.waitingSince }, (select) =>
    select
      .from(sql`unnest(${idsOf(inGroups)}::bigint[]) AS mine(id)`)
      .innerJoinLateral(ofGroup, sql`true`)
      // Always true. PostgreSQL then estimates one group instead of a hundred, and keeps one plan for all agents.
      .where(sql`mine.id BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER}`)
      .orderBy(asc(ofGroup.queueBand), asc(ofGroup.waitingSince), asc(ofGroup.id))
      .limit(1),
  );
}

/** @internal */
export async function nextOldest(db: Queryable, asked: NextOldest) {
  return firstOf(await readRows(db, nextOldestRows(asked)));
}

/** The ticket that `nextOldestRows` found. */
export function firstOf<Row extends { waitingSince: Date | null }>([row]: readonly Row[]) {
  return row?.waitingSince ? { ...row, waitingSince: row.waitingSince } : null;
}

/** The tickets with a place in the queue of `ticket`, excluding the ticket itself if it is in one of the groups `notIn`. */
export const inQueue = ({ tier, notIn }: Omit<InQueue, 'id'>): SQL | undefined =>
  and(queued, ofTier(tier), outOf(notIn));

/** A ticket without a group is in none of them. */
const outOf = (groupIds: Given<readonly number[]>): SQL | undefined =>
  or(isNull(tickets.groupId), sql`${tickets.groupId} <> ALL(${idsOf(groupIds)}::bigint[])`);

const ofTier = (tier: Given<string> | null): SQL => (tier === null ? isNull(tickets.tier) : eq(tickets.tier, tier));
