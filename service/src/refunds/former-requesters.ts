// Remembers whose ticket it was before, so that another customer on it makes no room for refunds.
import { and, eq, inArray, lt } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { ofNoOpenTicket, type TicketHook } from '../tickets/index.ts';
import { formerRequesters } from './tables.ts';

export const formerRequestersHook = {
  onChange: async (tx, { before, after, now }) => {
    if (before?.requesterId == null || before.requesterId === after.requesterId) return;
    await tx
      .insert(formerRequesters)
      .values({ ticketId: after.id, requesterId: before.requesterId, at: now })
      .onConflictDoNothing();
  },
} satisfies TicketHook;

export async function mergeFormerRequesters(tx: Queryable, from: number, into: number): Promise<void> {
  const of = eq(formerRequesters.requesterId, from);
  const rows = await tx.delete(formerRequesters).where(of).returning();
  if (rows.length === 0) return;
  await tx
    .insert(formerRequesters)
    .values(rows.map((row) => ({ ...row, requesterId: into })))
    .onConflictDoNothing();
}

/** Of these tickets, or these customers. */
export async function forgetFormerRequesters(
  tx: Queryable,
  of: { readonly ticketIds: readonly number[] } | { readonly requesterIds: readonly number[] },
): Promise<void> {
  const which =
    'ticketIds' in of
      ? inArray(formerRequesters.ticketId, [...of.ticketIds])
      : inArray(formerRequesters.requesterId, [...of.requesterIds]);
  await tx.delete(formerRequesters).where(which);
}

export async function pruneFormerRequesters(db: Database, before: Date): Promise<void> {
  const { at, ticketId } = formerRequesters;
  await db.delete(formerRequesters).where(and(lt(at, before), ofNoOpenTicket(ticketId)));
}
