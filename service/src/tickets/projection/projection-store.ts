// Reads and writes the rows of the projection.
import { eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { comments, tickets } from '../tables.ts';
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

/** A ticket whose words were erased stays as it is, whatever its row brings. */
export async function saveTicket(tx: Queryable, row: TicketRow): Promise<void> {
  await tx
    .insert(tickets)
    .values(row)
    .onConflictDoUpdate({ target: tickets.id, set: row, setWhere: isNull(tickets.erasedAt) });
}

/**
 * A comment is known by its id and a message by its own, so hearing of it twice is harmless. Returns how many are new that count for anything: the private notes of
 * agents and ours do not. Internal ones come without their words, which nothing reads.
 */
export async function addComments(tx: Queryable, rows: readonly CommentRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const added = await tx
    .insert(comments)
    .values(rows.map((row) => (row.public ? row : { ...row, body: '' })))
    .onConflictDoNothing()
    .returning({ public: comments.public, author: comments.author });
  return added.filter((comment) => comment.public || comment.author === 'customer').length;
}

/** The first message under minus the ticket's id, as events and the export show it. */
export const isStandIn = (commentId: number): boolean => commentId < 0;

/** All comments are there now, the first under its own id. Returns how many were dropped. */
export async function dropStandIn(tx: Queryable, ticketId: number): Promise<number> {
  return (await tx.delete(comments).where(eq(comments.id, -ticketId)).returning({ id: comments.id })).length;
}

export interface Conversation {
  /**
   * The oldest public customer comment that neither a public answer of an agent nor a solve has followed, or null. Computed from all
   * comments, so the order in which they arrive does not matter, and a customer who chases does not lose the place.
   */
  waitingSince: Date | null;
  /** The newest public comment of the customer. */
  lastCustomerComment: string | null;
}

/**
 * `endedAt`: the newest solve. What was said within one second is in the order of the ids, because Zendesk's stamps have whole seconds and
 * those of events do not.
 */
export async function readConversation(
  tx: Queryable,
  ticketId: number,
  endedAt: Date | null = null,
): Promise<Conversation> {
  const { rows } = await tx.execute<{ waiting_since: string | null; last_comment: string | null }>(sql`
    WITH said AS (
      SELECT id, author, body, created_at, date_trunc('second', created_at) AS second
      FROM comments WHERE ticket_id = ${ticketId} AND public),
    -- We ourselves write internal notes only: what is public under our login a person wrote.
    answer AS (SELECT second, id FROM said WHERE author IN ('agent', 'us') ORDER BY second DESC, id DESC LIMIT 1)
    SELECT
      (SELECT min(created_at) FROM said WHERE author = 'customer'
        AND created_at > coalesce(${endedAt?.toISOString() ?? null}::timestamptz, '-infinity')
        AND NOT EXISTS (SELECT FROM answer WHERE (answer.second, answer.id) > (said.second, said.id))) AS waiting_since,
      (SELECT body FROM said WHERE author = 'customer' ORDER BY second DESC, id DESC LIMIT 1) AS last_comment`);
  const since = rows[0]?.waiting_since;
  return { waitingSince: since ? new Date(since) : null, lastCustomerComment: rows[0]?.last_comment ?? null };
}

/** Words before the first answer that count as the description: more than anybody writes before an agent comes. */
const OPENING = { messages: 50, of: 4_000, together: 65_536 };

/** What the customer wrote before an agent first answered, message by message; null: nothing. */
export async function readOpening(tx: Queryable, ticketId: number): Promise<string | null> {
  const { rows } = await tx.execute<{ opening: string | null }>(sql`
    WITH said AS (
      SELECT id, author, body, date_trunc('second', created_at) AS second
      FROM comments WHERE ticket_id = ${ticketId} AND public),
    answer AS (SELECT second, id FROM said WHERE author IN ('agent', 'us') ORDER BY second, id LIMIT 1),
    asked AS (
      SELECT second, id, body FROM said WHERE author = 'customer'
        AND NOT EXISTS (SELECT FROM answer WHERE (answer.second, answer.id) < (said.second, said.id))
      ORDER BY second, id LIMIT ${OPENING.messages})
    SELECT left(string_agg(left(body, ${OPENING.of}), E'\n' ORDER BY second, id), ${OPENING.together}) AS opening FROM asked`);
  return rows[0]?.opening ?? null;
}
