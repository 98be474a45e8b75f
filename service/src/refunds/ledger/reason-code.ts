// Finds the reason code that was chosen for the refund of an entry. It stands on the refund's row; the chain of hashes does not have it.
import { type SQL, sql } from 'drizzle-orm';

/**
 * A column beside those of `ledger_entries`. Null: none was chosen, or the entry is of no request. In plain SQL, because drizzle leaves the names of
 * tables out where one table is read.
 */
export const REASON_CODE: SQL<string | null> = sql<string | null>`coalesce(
  (SELECT r.reason_code FROM refunds r WHERE r.request_id = ledger_entries.request_id),
  (SELECT p.reason_code FROM payment_refunds p WHERE p.request_id = ledger_entries.request_id))`;
