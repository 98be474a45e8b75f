// Reads whether, and when, a ticket's customer has proved who they are.
import { and, eq, gt, inArray } from 'drizzle-orm';
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

/** For each of these tickets, when its customer counted as verified. */
export async function verifiedTimes(
  db: Queryable,
  ticketIds: readonly number[],
): Promise<Map<number, { from: Date; until: Date }[]>> {
  const { ticketId, requesterId, outcome, at, expiresAt } = verifications;
  const rows = await db
    .select({ ticketId, from: at, until: expiresAt })
    .from(verifications)
    .innerJoin(tickets, and(eq(tickets.id, ticketId), eq(tickets.requesterId, requesterId)))
    .where(and(inArray(ticketId, [...ticketIds]), eq(outcome, 'verified')));
  const times = new Map<number, { from: Date; until: Date }[]>();
  for (const { ticketId: id, from, until } of rows) times.set(id, [...(times.get(id) ?? []), { from, until }]);
  return times;
}
