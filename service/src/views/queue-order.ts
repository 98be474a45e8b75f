// Who has waited longest? (The service's own order, which no chasing changes.)
import { and, asc, eq, isNotNull, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { tickets } from '../platform/storage/schema.ts';

export interface QueuedTicket {
  id: number;
  subject: string;
  status: string;
  priority: string | null;
  tier: string | null;
  category: string | null;
  assigneeId: number | null;
  /** Since when the customer waits for us. */
  waitingSince: Date;
}

export interface Place {
  /** 1: next. */
  place: number;
  /** Tickets in the same queue. */
  of: number;
}

export interface NextOldest {
  readonly tier: string | null;
  readonly besides: number;
  /** Undefined: all. */
  readonly seen: SQL | undefined;
  readonly notIn: readonly number[];
}

/** Somebody waits for us and the ticket is there to be answered. */
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
 * The ticket's place in the queue of its tier, to which other tickets in the groups `notIn` do not belong: it may be on its way back from
 * one of them. Null: nobody waits there.
 */
export async function placeInQueue(
  db: Queryable,
  { id, tier, notIn }: { id: number; tier: string | null; notIn: readonly number[] },
): Promise<Place | null> {
  // Asked for, and not handed over: a moment of PostgreSQL is finer than a Date.
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
 * Of the tickets of a tier that are nobody's and that `seen` lets through, the one that has waited longest; never `besides`, and none
 * in the groups `notIn`.
 */
export async function nextOldest(
  db: Queryable,
  { tier, besides, seen, notIn }: NextOldest,
): Promise<{ id: number; subject: string; waitingSince: Date } | null> {
  const [row] = await db
    .select({ id: tickets.id, subject: tickets.subject, waitingSince: tickets.waitingSince })
    .from(tickets)
    .where(and(queued, ofTier(tier), isNull(tickets.assigneeId), ne(tickets.id, besides), seen, outOf(notIn)))
    .orderBy(asc(tickets.waitingSince), asc(tickets.id))
    .limit(1);
  return row?.waitingSince ? { ...row, waitingSince: row.waitingSince } : null;
}

/** A ticket without a group is in none of them. */
const outOf = (groupIds: readonly number[]): SQL | undefined =>
  groupIds.length === 0 ? undefined : or(isNull(tickets.groupId), notInArray(tickets.groupId, [...groupIds]));

const ofTier = (tier: string | null): SQL => (tier === null ? isNull(tickets.tier) : eq(tickets.tier, tier));
