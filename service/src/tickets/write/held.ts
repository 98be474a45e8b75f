// Is somebody at work on the ticket of this wish, or must its last write be left alone for a while?
import { sql } from 'drizzle-orm';

/** For a query whose row of the outbox is called `o`. */
export const HELD = sql`EXISTS (
  SELECT 1 FROM outbox held WHERE held.ticket_id = o.ticket_id AND held.kind = 'ticket_change'
    AND held.state = 'in_flight' AND (held.claimed_until >= now() OR held.zendesk_job_id IS NOT NULL))`;
