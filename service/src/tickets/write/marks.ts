// Recognises, in a ticket's audits, our write whose answer was lost.
import type { TicketWrite } from '../../zendesk/zendesk.ts';
import type { Run } from './run.ts';
import { type ChangeEntry, type ClaimedChange, ticketOf } from './ticket-change.ts';

type Marked = Pick<ChangeEntry, 'id' | 'createdAt'>;

/** Id and creation time, so that a service with a new database does not mistake old audits for its own. */
const markOf = ({ id, createdAt }: Marked): string => `${id}-${createdAt.getTime().toString(36)}`;

/** What goes into the write's `metadata`; Zendesk keeps it in the audit. */
export function markWrite(entries: readonly Marked[]): NonNullable<TicketWrite['metadata']> {
  return { deskwright_effects: entries.map(markOf).join(' ') };
}

/** Whether one of the audits (their `metadata.custom`) came from a write that carried this entry. */
function isWritten(entry: Marked, audits: readonly { custom: Record<string, unknown> }[]): boolean {
  const mark = markOf(entry);
  return audits.some(({ custom: { deskwright_effects: marks } }) =>
    typeof marks === 'string' ? marks.split(' ').includes(mark) : false,
  );
}

/**
 * Looks for the markers of our writes in the ticket's audits: entries found there are done. Returns those still to be written. Throws
 * `ZendeskError` when the audits cannot be read.
 */
export async function settleDoubt(
  { deps, work }: Run,
  entries: readonly ClaimedChange[],
): Promise<readonly ClaimedChange[]> {
  if (entries.length === 0) return [];
  const audits = await deps.zendesk.listAuditMetadata(ticketOf(entries));
  const written = entries.filter((entry) => isWritten(entry, audits));
  await work.performed(written);
  return entries.filter((entry) => !written.includes(entry));
}
