// Which events wait, and in which batches?
import { and, asc, eq, lt, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../../platform/storage/schema.ts';
import { THIS_PROCESS } from './handlings.ts';

/** An event that waits, without its body. */
export interface WaitingEvent {
  id: number;
  type: string;
  ticketId: number | null;
  receivedAt: Date;
  /** Handlings that failed for a reason of its own. */
  attempts: number;
  /** Other processes that began to handle it and never ended that. */
  unfinished: number;
}

/**
 * The events of a batch that nobody has finished, in the order they happened, and with them what waits for the same tickets in other
 * batches: a flood that comes in many small batches is one decision too. Empty: another worker was quicker.
 */
export function readBatch(db: Queryable, batch: number): Promise<WaitingEvent[]> {
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
    .where(and(eq(inbox.state, 'waiting'), or(eq(inbox.batch, batch), sql`${inbox.id} IN ${ofSameTickets(batch)}`)))
    .orderBy(sql`coalesce(${inbox.occurredAt}, ${inbox.receivedAt})`, asc(inbox.id));
}

/** As many of one ticket as are decided together. */
const MOST_OF_A_TICKET = 500;

const ofSameTickets = (batch: number) => sql`(
  SELECT more.id FROM (SELECT DISTINCT ticket_id FROM inbox WHERE batch = ${batch} AND state = 'waiting') AS t
  CROSS JOIN LATERAL (
    SELECT i.id FROM inbox i WHERE i.ticket_id = t.ticket_id AND i.state = 'waiting'
    ORDER BY coalesce(i.occurred_at, i.received_at), i.id LIMIT ${MOST_OF_A_TICKET}) AS more)`;

/** Numbers of the batches that still have waiting rows received before `before`; at most `limit`, oldest first. */
export async function listWaitingBatches(db: Queryable, before: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ batch: inbox.batch })
    .from(inbox)
    .where(and(eq(inbox.state, 'waiting'), lt(inbox.receivedAt, before)))
    .orderBy(asc(inbox.batch))
    .limit(limit);
  return rows.map((row) => row.batch);
}
