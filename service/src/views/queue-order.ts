// Orders tickets by how long the customer has waited, and by nothing else.

import { and, asc, eq, isNotNull, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
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

/** A ticket and the queue of its tier, which excludes other tickets in the groups `notIn`. */
export interface InQueue {
  readonly id: number;
  readonly tier: string | null;
  readonly notIn: readonly number[];
}

export interface NextOldest {
  readonly tier: string | null;
  readonly besides: number;
  /** Undefined: all. */
  readonly seen: SQL | undefined;
  /** Only in these groups, each looked up by itself; null: in any. */
  readonly inGroups: readonly number[] | null;
  readonly notIn: readonly number[];
}

/** A customer is waiting, and the ticket exists. */
const queued = and(isNull(tickets.gone), isNotNull(tickets.waitingSince));

/** Longest wait first, then by id. With a tier, only its tickets. */
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
    .orderBy(asc(tickets.waitingSince), asc(tickets.id))
    .limit(limit);
  return rows.flatMap(({ waitingSince, ...row }) => (waitingSince ? [{ ...row, waitingSince }] : []));
}

/**
 * The ticket's place in the queue of its tier, which excludes other tickets in the groups `notIn`: the ticket may be coming back from
 * one of them. Null: no customer is waiting.
 */
export async function placeInQueue(db: Queryable, { id, tier, notIn }: InQueue): Promise<Place | null> {
  // Read in SQL: PostgreSQL's timestamps are more precise than a Date.
  const since = sql`(SELECT waiting_since FROM tickets WHERE id = ${id} AND gone IS NULL)`;
  const out = outOf(notIn);
  const [row] = await db
    .select({
      place: sql<number>`(count(*) FILTER (WHERE (${tickets.waitingSince}, ${tickets.id}) < (${since}, ${id})))::int + 1`,
      of: sql<number>`count(*)::int`,
      waits: sql<boolean>`${since} IS NOT NULL`,
    })
    .from(tickets)
    .where(and(queued, ofTier(tier), out && or(out, eq(tickets.id, id))));
  return row?.waits ? { place: row.place, of: row.of } : null;
}

/**
 * The longest-waiting ticket of a tier among those without an assignee that `seen` allows; never `besides`, and none
 * in the groups `notIn`.
 */
export async function nextOldest(
  db: Queryable,
  { tier, besides, seen, inGroups, notIn }: NextOldest,
): Promise<{ id: number; subject: string; waitingSince: Date } | null> {
  const nobodys = and(queued, ofTier(tier), isNull(tickets.assigneeId), ne(tickets.id, besides));
  const oldest = (where: SQL | undefined) =>
    db
      .select({ id: tickets.id, subject: tickets.subject, waitingSince: tickets.waitingSince })
      .from(tickets)
      .where(and(nobodys, where))
      .orderBy(asc(tickets.waitingSince), asc(tickets.id))
      .limit(1);
  if (inGroups === null) return firstOf(await oldest(and(seen, outOf(notIn))));
  const groupIds = inGroups.filter((groupId) => !notIn.includes(groupId));
  if (groupIds.length === 0) return null;
  const ofGroup = oldest(sql`${tickets.groupId} = mine.id`).as('of_group');
  return firstOf(
    await db
      .select({ id: ofGroup.id, subject: ofGroup.subject, waitingSince: ofGroup.waitingSince })
      .from(sql`unnest(${sql.param(groupIds)}::bigint[]) AS mine(id)`)
      .innerJoinLateral(ofGroup, sql`true`)
      .orderBy(asc(ofGroup.waitingSince), asc(ofGroup.id))
      .limit(1),
  );
}

function firstOf<Row extends { waitingSince: Date | null }>([row]: readonly Row[]) {
  return row?.waitingSince ? { ...row, waitingSince: row.waitingSince } : null;
}

/** The tickets with a place in the queue of `ticket`, excluding the ticket itself if it is in one of the groups `notIn`. */
export const inQueue = ({ tier, notIn }: InQueue): SQL | undefined => and(queued, ofTier(tier), outOf(notIn));

/** A ticket without a group is in none of them. */
const outOf = (groupIds: readonly number[]): SQL | undefined =>
  groupIds.length === 0 ? undefined : or(isNull(tickets.groupId), notInArray(tickets.groupId, [...groupIds]));

const ofTier = (tier: string | null): SQL => (tier === null ? isNull(tickets.tier) : eq(tickets.tier, tier));
