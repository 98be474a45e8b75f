// Lists the waiting events and their batches.
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';
import { THIS_PROCESS } from './event-handling.ts';

/** An event that waits, without its body. */
export interface WaitingEvent {
  id: number;
  type: string;
  ticketId: number | null;
  receivedAt: Date;
  /** Failed attempts that the event itself caused. */
  attempts: number;
  /** Other processes that started to handle it and never finished. */
  unfinished: number;
  /** Who caused it, as a Zendesk user id. */
  actor: string | null;
  /** Whether the ticket's words were erased. */
  isErased: boolean;
}

/** More waiting events of one ticket would delay the other tickets of their batches: the ticket is flooded, and decided separately. */
const FLOOD = 50;

export interface WaitingBatch {
  /** In the order they happened. Empty, and no flooded tickets: another worker was faster. */
  events: WaitingEvent[];
  /** Tickets of the batch with more than `FLOOD` waiting events, in any batches. Their events are not in `events`. */
  floods: number[];
}

// A type, not an interface: `execute` requires an index signature.
type WaitingRow = {
  id: number;
  type: string;
  ticket_id: number | null;
  received_ms: number;
  attempts: number;
  unfinished: number;
  actor: string | null;
  is_erased: boolean;
};

/** The columns of `WaitingRow`, of the event `i`. */
const WAITING = sql`i.id::float8 AS id, i.type, i.ticket_id::float8 AS ticket_id,
  (extract(epoch FROM i.received_at) * 1000)::float8 AS received_ms, i.attempts,
  i.unfinished - coalesce(i.held_by = ${THIS_PROCESS}, false)::int AS unfinished, i.body #>> '{detail,actor_id}' AS actor,
  EXISTS (SELECT FROM tickets WHERE tickets.id = i.ticket_id AND tickets.erased_at IS NOT NULL) AS is_erased,
  coalesce(i.occurred_at, i.received_at) AS happened_at`;

/**
 * The waiting events of the batch's tickets, including those of other batches: events of many small batches lead to one decision. A flooded ticket
 * is only named.
 */
export async function readBatch(db: Queryable, batch: number): Promise<WaitingBatch> {
  const { rows } = await db.execute<WaitingRow>(sql`
    SELECT waiting.* FROM (
      SELECT DISTINCT ticket_id AS id FROM inbox WHERE batch = ${batch} AND state = 'waiting') AS ticket
    CROSS JOIN LATERAL (
      (SELECT ${WAITING} FROM inbox i WHERE i.ticket_id = ticket.id AND i.state = 'waiting' LIMIT ${FLOOD + 1})
      UNION ALL
      (SELECT ${WAITING} FROM inbox i WHERE ticket.id IS NULL AND i.batch = ${batch} AND i.ticket_id IS NULL AND i.state = 'waiting')
    ) AS waiting
    ORDER BY waiting.happened_at, waiting.id`);
  const counts = new Map<number, number>();
  for (const { ticket_id: id } of rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  const floods = [...counts].flatMap(([id, count]) => (count > FLOOD ? id : []));
  return { events: rows.filter(({ ticket_id: id }) => id === null || !floods.includes(id)).map(eventOf), floods };
}

/** The waiting events of a ticket in the order they happened, at most `limit`. */
export async function readTicket(db: Queryable, ticketId: number, limit: number): Promise<WaitingEvent[]> {
  const { rows } = await db.execute<WaitingRow>(sql`
    SELECT ${WAITING} FROM inbox i WHERE i.ticket_id = ${ticketId} AND i.state = 'waiting'
    ORDER BY happened_at, i.id LIMIT ${limit}`);
  return rows.map(eventOf);
}

const eventOf = ({ ticket_id: ticketId, received_ms: ms, is_erased: isErased, ...row }: WaitingRow): WaitingEvent => ({
  id: row.id,
  type: row.type,
  ticketId,
  receivedAt: new Date(ms),
  attempts: row.attempts,
  unfinished: row.unfinished,
  actor: row.actor,
  isErased,
});

export interface WaitingWork {
  /** Batch numbers, oldest first; without those in which only flooded tickets wait. */
  batches: number[];
  /** Flooded tickets. */
  floods: number[];
}

/** Batches with waiting events received before `before`; at most `limit` batches and as many flooded tickets. */
export async function listWaiting(db: Queryable, before: Date, limit: number): Promise<WaitingWork> {
  const isDue = and(eq(inbox.state, 'waiting'), lt(inbox.receivedAt, before));
  const floods = db
    .select({ ticketId: inbox.ticketId })
    .from(inbox)
    .where(and(eq(inbox.state, 'waiting'), isNotNull(inbox.ticketId)))
    .groupBy(inbox.ticketId)
    .having(gt(count(), FLOOD));
  const batches = await db
    .selectDistinct({ batch: inbox.batch })
    .from(inbox)
    .where(and(isDue, or(isNull(inbox.ticketId), notInArray(inbox.ticketId, floods))))
    .orderBy(asc(inbox.batch))
    .limit(limit);
  const flooding = await db
    .selectDistinct({ ticketId: inbox.ticketId })
    .from(inbox)
    .where(and(isDue, inArray(inbox.ticketId, floods)))
    .limit(limit);
  return {
    batches: batches.map(({ batch }) => batch),
    floods: flooding.flatMap(({ ticketId }) => ticketId ?? []),
  };
}
