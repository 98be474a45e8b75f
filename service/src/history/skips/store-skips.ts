// Stores which tickets agents skipped, and erases the reasons.
import { and, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { ofNoOpenTicket } from '../../tickets/index.ts';
import type { ZendeskSkip } from '../../zendesk/records.ts';
import { ticketSkips } from '../tables.ts';

/** An agent's reason is a few words; more would be a letter. */
const LONGEST_REASON = 500;

/** Each once. Those from before `since` are left out, and so are the reasons for tickets whose text was erased. */
export async function storeSkips(tx: Queryable, skips: readonly ZendeskSkip[], since: Date): Promise<void> {
  const rows = skips
    .filter(({ created_at: at }) => Date.parse(at) >= since.getTime())
    .map(({ id, ticket_id, user_id: agent_id, created_at: at, reason }) => ({
      id,
      ticket_id,
      agent_id,
      at,
      reason: reason.replaceAll('\u0000', '').toWellFormed().trim().slice(0, LONGEST_REASON).toWellFormed(),
    }));
  if (rows.length === 0) return;
  const ids = sql.param([...new Set(rows.map(({ ticket_id }) => ticket_id))].toSorted((a, b) => a - b));
  // The lock of `eraseTickets`, in its order: an erasure that runs now ends before the rows are made, or finds them.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(id) FROM unnest(${ids}::bigint[]) AS id`);
  await tx.execute(sql`
    INSERT INTO ticket_skips (id, ticket_id, agent_id, at, reason)
    SELECT s.id, s.ticket_id, s.agent_id, s.at, CASE WHEN t.erased_at IS NULL THEN s.reason ELSE '' END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s(id bigint, ticket_id bigint, agent_id bigint, at timestamptz, reason text)
    LEFT JOIN tickets t ON t.id = s.ticket_id
    ON CONFLICT (id) DO NOTHING`);
}

/** Returns how many reasons were erased. */
export async function eraseReasons(db: Queryable, ticketIds: readonly number[]): Promise<number> {
  return erase(db, inArray(ticketSkips.ticketId, [...ticketIds]));
}

/** Also of tickets that are not known here. Those of open tickets are kept. */
export async function eraseOldReasons(db: Database, before: Date): Promise<void> {
  await erase(db, and(lt(ticketSkips.at, before), ofNoOpenTicket(ticketSkips.ticketId)));
}

async function erase(db: Queryable, which: SQL | undefined): Promise<number> {
  const { rowCount } = await db
    .update(ticketSkips)
    .set({ reason: '' })
    .where(and(ne(ticketSkips.reason, ''), which));
  return rowCount ?? 0;
}
