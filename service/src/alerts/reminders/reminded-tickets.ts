// Finds the tickets with a reminder and no answer since.
import { type SQL, sql } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';

/** A condition on `tickets`: somebody was reminded of the wait that still lasts. */
export const WAS_REMINDED_OF_WAIT: SQL = sql`${tickets.waitingSince} IS NOT NULL AND EXISTS (
  SELECT FROM reminders r WHERE r.ticket_id = ${tickets.id} AND r.kind = 'wait' AND r.since = ${tickets.waitingSince})`;

/** Of a row of `tickets`: when the promise was made of which somebody was reminded. Null: none, or an agent has replied in public since. */
export const PROMISED_AT: SQL = sql`(
  SELECT max(r.since) FROM reminders r WHERE r.ticket_id = ${tickets.id} AND r.kind = 'promise' AND NOT EXISTS (
    SELECT FROM comments c
    WHERE c.ticket_id = r.ticket_id AND c.public AND c.author IN ('agent', 'us') AND c.created_at > r.since))`;
