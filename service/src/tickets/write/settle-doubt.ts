// Which wishes of a ticket came true although nobody told us?
import type { ClaimedRow } from './claim-ticket-changes.ts';
import { isWritten } from './effect-mark.ts';
import type { Run } from './run.ts';
import { finishWritten } from './settle-rows.ts';

/**
 * Looks the marks of our writes up in the ticket's audits: rows found there are done. Gives back those still to be written. Throws
 * `ZendeskError` when the audits cannot be read.
 */
export async function settleDoubt(run: Run, rows: readonly ClaimedRow[]): Promise<ClaimedRow[]> {
  const [first] = rows;
  if (!first) return [];
  const audits = await run.deps.zendesk.listAuditMetadata(first.ticketId);
  const written = rows.filter((row) => isWritten(row, audits));
  run.summary.done += await finishWritten(run.deps.db, written);
  return rows.filter((row) => !written.includes(row));
}
