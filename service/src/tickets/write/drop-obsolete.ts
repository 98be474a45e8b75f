// Which wishes of a ticket does nobody want any more?
import type { ClaimedRow } from './claim-ticket-changes.ts';
import { isObsolete, type TicketNow } from './compose-write.ts';
import type { Run } from './run.ts';
import { finishRows } from './settle-rows.ts';

/** Cancels obsolete wishes and gives back the others. */
export async function dropObsolete(run: Run, ticket: TicketNow, rows: readonly ClaimedRow[]): Promise<ClaimedRow[]> {
  const obsolete = rows.filter((row) => isObsolete(ticket, row));
  run.summary.cancelled += await finishRows(run.deps.db, obsolete, 'cancelled', 'superseded by a newer decision');
  return rows.filter((row) => !obsolete.includes(row));
}
