// Removes text from a ticket's logs after it was redacted in Zendesk.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { redactedTickets } from '../tables.ts';
import { eraseChanges, eraseDecisions, eraseEvents } from './erase-tickets.ts';

/**
 * A redaction does not say which text was removed, so all of the ticket's text is erased from its finished events and changes, and (`decisionsToo`) from its
 * decisions. Waiting events keep theirs until they are handled; for those from before `redactedAt`, including late ones, `finishEvents`
 * keeps none.
 */
export async function redactLogs(
  tx: Queryable,
  { ticketId, redactedAt, decisionsToo }: { ticketId: number; redactedAt: Date; decisionsToo: boolean },
): Promise<void> {
  await tx
    .insert(redactedTickets)
    .values({ ticketId, redactedAt })
    .onConflictDoUpdate({
      target: redactedTickets.ticketId,
      set: { redactedAt: sql`greatest(${redactedTickets.redactedAt}, excluded.redacted_at)` },
    });
  await eraseEvents(tx, [ticketId], { waitingToo: false });
  await eraseChanges(tx, [ticketId]);
  if (decisionsToo) await eraseDecisions(tx, [ticketId]);
}

/** Whether letters or digits of the text are missing now; a different layout of the same text does not count. */
export function wordsAreMissing(before: string, after: string): boolean {
  return before !== after && !lettersOf(after).includes(lettersOf(before));
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');
