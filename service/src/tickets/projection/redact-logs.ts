// Takes words out of a ticket's logs that Zendesk has taken out of the ticket.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { redactedTickets } from '../tables.ts';
import { eraseChanges, eraseDecisions, eraseEvents } from './erase-tickets.ts';

/**
 * A redaction does not say which words went, so none of the ticket's stay in its finished events and changes, nor (`decisionsToo`) in its
 * decisions. Events that still wait keep theirs until they are handled; of those from before `redactedAt`, late ones too, `finishEvents`
 * keeps nothing.
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

/** Whether letters or digits that stood in the text are missing now: of another layout of the same text none are. */
export function wordsAreMissing(before: string, after: string): boolean {
  return before !== after && !lettersOf(after).includes(lettersOf(before));
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');
