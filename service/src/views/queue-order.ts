// Who has waited longest? (The service's own order, which no chasing changes.)
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { tickets } from '../storage/schema.ts';

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
  tier: string | null;
  waitingSince: Date;
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

/** The ticket's place in the queue of its tier. Null: nobody waits there, or there is no such ticket. */
export async function placeInQueue(db: Queryable, ticketId: number): Promise<Place | null> {
  const { rows } = await db.execute<{ place: number; of: number; tier: string | null; waiting_ms: number }>(sql`
    SELECT count(*) FILTER (WHERE (q.waiting_since, q.id) <= (t.waiting_since, t.id))::int AS place, count(*)::int AS of,
      t.tier, (extract(epoch FROM t.waiting_since) * 1000)::float8 AS waiting_ms
    FROM tickets t
    JOIN tickets q ON q.tier IS NOT DISTINCT FROM t.tier AND q.gone IS NULL AND q.waiting_since IS NOT NULL
    WHERE t.id = ${ticketId} AND t.gone IS NULL AND t.waiting_since IS NOT NULL
    GROUP BY t.id`);
  const [row] = rows;
  return row ? { place: row.place, of: row.of, tier: row.tier, waitingSince: new Date(row.waiting_ms) } : null;
}
