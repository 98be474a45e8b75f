// Decides which tickets an activation for new tickets or for one group covers.
import { type SQL, sql } from 'drizzle-orm';
import { tickets } from './tables.ts';

/**
 * A condition on `a`, the row of `acting()`. New tickets: opened since, to the second, as Zendesk says it. One group: in that group, or in none and about to be
 * moved there.
 * @param movesTo the group that a change moves the ticket to; null: it moves it nowhere
 */
export const ticketInScope = (ticketId: SQL, movesTo: SQL = sql`NULL::bigint`): SQL => sql`EXISTS (
  SELECT FROM tickets t WHERE t.id = ${ticketId}
    AND CASE a.scope WHEN 'new_tickets' THEN t.created_at >= date_trunc('second', a.since) ELSE coalesce(t.group_id, ${movesTo}) = a.group_id END)`;

/** Whether the service has run with this database: it has received or imported something. Retention leaves the tickets themselves for years. */
export const HAS_RUN: SQL<boolean> = sql`(EXISTS (SELECT FROM tickets) OR EXISTS (SELECT FROM inbox))`;

/** In a query of `tickets`: whether Deskwright acts on the row. */
export const ACTS_ON_TICKET: SQL<boolean> = sql`(SELECT a.mode = 'act' AND (a.scope = 'all' OR ${ticketInScope(sql`${tickets.id}`)}) FROM acting() a)`;
