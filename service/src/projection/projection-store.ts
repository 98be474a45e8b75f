// How does the projection read and write its rows?
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { comments, tickets } from '../storage/schema.ts';
import type { CommentRow, TicketRow } from './ticket-row.ts';

/**
 * Takes the ticket for this transaction and returns its row. The advisory lock also covers a ticket that has no row yet, so
 * two batches with events of one ticket take turns.
 */
export async function takeTicket(tx: Queryable, ticketId: number): Promise<TicketRow | null> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ticketId})`);
  const [row] = await tx.select().from(tickets).where(eq(tickets.id, ticketId)).for('update');
  return row ?? null;
}

export async function saveTicket(tx: Queryable, row: TicketRow): Promise<void> {
  await tx.insert(tickets).values(row).onConflictDoUpdate({ target: tickets.id, set: row });
}

/** A comment is known by its id, so hearing of it twice is harmless. Returns how many are new. */
export async function addComments(tx: Queryable, rows: readonly CommentRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const added = await tx
    .insert(comments)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: comments.id });
  return added.length;
}

/**
 * The oldest public customer comment that no agent has answered publicly since, or null. Computed from all comments, so the
 * order in which they arrive does not matter, and a customer who chases does not lose the place.
 */
export async function findWaitingSince(tx: Queryable, ticketId: number): Promise<Date | null> {
  const answeredAt = sql`coalesce((SELECT max(created_at) FROM comments WHERE ticket_id = ${ticketId} AND public AND author = 'agent'), '-infinity')`;
  const [first] = await tx
    .select({ at: comments.createdAt })
    .from(comments)
    .where(
      and(
        eq(comments.ticketId, ticketId),
        comments.public,
        eq(comments.author, 'customer'),
        sql`${comments.createdAt} > ${answeredAt}`,
      ),
    )
    .orderBy(comments.createdAt, comments.id)
    .limit(1);
  return first?.at ?? null;
}

/** The newest public comment of the customer, or null where only the description is known. */
export async function findLastCustomerComment(tx: Queryable, ticketId: number): Promise<string | null> {
  const [last] = await tx
    .select({ body: comments.body })
    .from(comments)
    .where(and(eq(comments.ticketId, ticketId), comments.public, eq(comments.author, 'customer')))
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(1);
  return last?.body ?? null;
}
