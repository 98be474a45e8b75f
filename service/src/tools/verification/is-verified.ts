// Reads whether a ticket's customer has proved who they are.
import { and, eq, gt } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { tickets } from '../../tickets/index.ts';
import { verifications } from './tables.ts';

/** On this ticket, not longer ago than the policy allows, and as the customer whose ticket it still is. */
export async function isVerified(tx: Queryable, ticketId: number, now: Date): Promise<boolean> {
  const { requesterId, outcome, expiresAt } = verifications;
  const found = await tx
    .select({ id: verifications.id })
    .from(verifications)
    .innerJoin(tickets, and(eq(tickets.id, verifications.ticketId), eq(tickets.requesterId, requesterId)))
    .where(and(eq(verifications.ticketId, ticketId), eq(outcome, 'verified'), gt(expiresAt, now)))
    .limit(1);
  return found.length > 0;
}
