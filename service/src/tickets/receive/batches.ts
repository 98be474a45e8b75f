// Lists the waiting events and their batches.
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';
import { THIS_PROCESS } from './handlings.ts';

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
}

/** More waiting events of one ticket would delay the other tickets of their batches: the ticket is flooded, and decided separately. */
const FLOOD = 50;

export interface WaitingBatch {
  /** In the order they happened. Empty, and no flooded tickets: another worker was faster. */
  events: WaitingEvent[];
  /** Tickets of the batch with more than `FLOOD` waiting events, in any batches. Their events are not read here. */
  floods: number[];
}

/**
 * The waiting events of the batch's tickets, including those of other batches: events of many small batches lead to one decision. A flooded ticket
 * is only named.
 */
export async function readBatch(db: Queryable, batch: number): Promise<WaitingBatch> {
  const { rows } = await db.execute<{ id: string | null; floods: boolean }>(sql`
    SELECT ticket.id, EXISTS (
      SELECT FROM inbox WHERE ticket_id = ticket.id AND state = 'waiting' OFFSET ${FLOOD}) AS floods
    FROM (SELECT DISTINCT ticket_id AS id FROM inbox WHERE batch = ${batch} AND state = 'waiting') AS ticket`);
  if (rows.length === 0) return { events: [], floods: [] };
  const tickets = (floods: boolean) =>
    rows.flatMap((row) => (row.id === null || row.floods !== floods ? [] : Number(row.id)));
  const aboutNone = and(eq(inbox.batch, batch), isNull(inbox.ticketId));
  const events = await readWaiting(db, or(aboutNone, inArray(inbox.ticketId, tickets(false))));
  return { events, floods: tickets(true) };
}

/** The waiting events of a ticket in the order they happened, at most `limit`. */
export function readTicket(db: Queryable, ticketId: number, limit: number): Promise<WaitingEvent[]> {
  return readWaiting(db, eq(inbox.ticketId, ticketId)).limit(limit);
}

function readWaiting(db: Queryable, which: SQL | undefined) {
  const mine = sql`coalesce(${inbox.heldBy} = ${THIS_PROCESS}, false)::int`;
  return db
    .select({
      id: inbox.id,
      type: inbox.type,
      ticketId: inbox.ticketId,
      receivedAt: inbox.receivedAt,
      attempts: inbox.attempts,
      unfinished: sql<number>`${inbox.unfinished} - ${mine}`,
    })
    .from(inbox)
    .where(and(eq(inbox.state, 'waiting'), which))
    .orderBy(sql`coalesce(${inbox.occurredAt}, ${inbox.receivedAt})`, asc(inbox.id));
}

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
