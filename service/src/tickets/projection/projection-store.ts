// Reads and writes the rows of the projection.
import { asc, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { comments, tickets } from '../tables.ts';
import type { CommentRow, TicketRow } from './ticket-row.ts';

/**
 * Locks the ticket for this transaction and returns its row. The advisory lock also covers a ticket without a row, so
 * two batches with events of one ticket run one after the other.
 */
export async function lockTicket(tx: Queryable, ticketId: number): Promise<TicketRow | null> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ticketId})`);
  const [row] = await tx.select().from(tickets).where(eq(tickets.id, ticketId)).for('update');
  return row ?? null;
}

/**
 * The same for several tickets at once, without waiting, which could deadlock: `held` are those that another transaction has locked.
 */
export async function tryLockTickets(tx: Queryable, ids: readonly number[]): Promise<(TicketRow | null | 'held')[]> {
  const { rows: locks } = await tx.execute<{ id: number; taken: boolean; known: boolean }>(sql`
    SELECT id::float8 AS id, pg_try_advisory_xact_lock(id) AS taken, EXISTS (SELECT FROM tickets WHERE tickets.id = asked.id) AS known
    FROM jsonb_to_recordset(${JSON.stringify(ids.map((id) => ({ id })))}::jsonb) AS asked(id bigint)`);
  const taken = locks.flatMap((lock) => (lock.taken ? lock.id : []));
  const rows =
    taken.length === 0
      ? []
      : await tx
          .select()
          .from(tickets)
          .where(inArray(tickets.id, taken))
          .orderBy(asc(tickets.id))
          .for('update', { skipLocked: true });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const free = new Set(locks.flatMap(({ id, taken: mine, known }) => (mine && (!known || byId.has(id)) ? id : [])));
  return ids.map((id) => (free.has(id) ? (byId.get(id) ?? null) : 'held'));
}

/** An erased ticket is not changed. */
export async function saveTickets(tx: Queryable, rows: readonly TicketRow[]): Promise<void[]> {
  await tx
    .insert(tickets)
    .values([...rows])
    .onConflictDoUpdate({ target: tickets.id, set: EXCLUDED, setWhere: isNull(tickets.erasedAt) });
  return rows.map(() => undefined);
}

const EXCLUDED: Record<string, SQL> = Object.fromEntries(
  Object.entries(getTableColumns(tickets)).flatMap(([key, { name }]) =>
    key === 'queueBand' ? [] : [[key, sql`excluded.${sql.identifier(name)}`]],
  ),
);

export async function saveTicket(tx: Queryable, row: TicketRow): Promise<void> {
  await saveTickets(tx, [row]);
}

/**
 * Adds the comments of several tickets, a list for each. A comment that is stored already, by its id, is ignored. Returns for each
 * ticket which are new, and how many of them may change a decision: internal notes of agents and ours do not. Internal notes are stored without text, which
 * nothing reads.
 */
export async function addComments(tx: Queryable, lists: readonly (readonly CommentRow[])[]): Promise<AddedComments[]> {
  const rows = lists.flat();
  const added =
    rows.length === 0
      ? []
      : await tx
          .insert(comments)
          .values(rows.map((row) => (row.public ? row : { ...row, body: '' })))
          .onConflictDoNothing()
          .returning({ id: comments.id });
  const ids = new Set(added.map(({ id }) => id));
  return lists.map((list) => {
    const stored = list.filter(({ id }) => ids.has(id));
    return { stored, news: stored.filter((one) => one.public || one.author === 'customer').length };
  });
}

export interface AddedComments {
  stored: readonly CommentRow[];
  news: number;
}

/** The first message under the negative ticket id, as shown by events and the export. */
export const isPlaceholder = (commentId: number): boolean => commentId < 0;

/** Deletes the first message under the negative ticket id, once all comments are stored. Returns how many were deleted. */
export async function deletePlaceholder(tx: Queryable, ticketId: number): Promise<number> {
  return (await tx.delete(comments).where(eq(comments.id, -ticketId)).returning({ id: comments.id })).length;
}

export interface Conversation {
  /**
   * The time of the oldest public customer comment that no public reply of an agent and no solve has followed, or null. Computed from all
   * comments, so the order of arrival does not matter, and follow-up comments do not change the place.
   */
  waitingSince: Date | null;
  /** The newest public comment of the customer. */
  lastCustomerComment: string | null;
}

/** One ticket's; see `readConversations`. */
export async function readConversation(
  tx: Queryable,
  ticketId: number,
  endedAt: Date | null = null,
): Promise<Conversation> {
  const [conversation] = await readConversations(tx, [{ ticketId, endedAt }]);
  return conversation ?? NOTHING_SAID;
}

const NOTHING_SAID: Conversation = { waitingSince: null, lastCustomerComment: null };

/**
 * `endedAt`: the newest solve. Comments of the same second are ordered by id, because Zendesk's timestamps have whole seconds and
 * those of events do not.
 */
export async function readConversations(
  tx: Queryable,
  asks: readonly { ticketId: number; endedAt: Date | null }[],
): Promise<Conversation[]> {
  const { rows } = await tx.execute<{ id: number; waiting_since: string | null; last_comment: string | null }>(sql`
    SELECT asked."ticketId"::float8 AS id, conversation.*
    FROM jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) AS asked("ticketId" bigint, "endedAt" timestamptz)
    CROSS JOIN LATERAL (
      WITH said AS (
        SELECT id, author, body, created_at, date_trunc('second', created_at) AS second
        FROM comments WHERE ticket_id = asked."ticketId" AND public),
      -- We ourselves write internal notes only: what is public under our login a person wrote.
      answer AS (SELECT second, id FROM said WHERE author IN ('agent', 'us') ORDER BY second DESC, id DESC LIMIT 1)
      SELECT
        (SELECT min(created_at) FROM said WHERE author = 'customer'
          AND created_at > coalesce(asked."endedAt", '-infinity')
          AND NOT EXISTS (SELECT FROM answer WHERE (answer.second, answer.id) > (said.second, said.id))) AS waiting_since,
        (SELECT body FROM said WHERE author = 'customer' ORDER BY second DESC, id DESC LIMIT 1) AS last_comment) AS conversation`);
  const byId = new Map(
    rows.map(({ id, waiting_since: since, last_comment: lastCustomerComment }) => [
      id,
      { waitingSince: since ? new Date(since) : null, lastCustomerComment },
    ]),
  );
  return asks.map(({ ticketId }) => byId.get(ticketId) ?? NOTHING_SAID);
}

/** Limits on the text before the first answer that counts as the description: more than anybody writes before an agent joins. */
const OPENING = { messages: 50, of: 4_000, together: 65_536 };

/** What the customer wrote before an agent's first answer, message by message; null: nothing. */
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
