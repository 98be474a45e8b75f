// Erases what agents filled into tools, ends verifications of who is forgotten, and deletes old records.
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { type ErasingHook, ofNoOpenTicket } from '../tickets/index.ts';
import { toolRuns } from './tables.ts';
import { verificationChallenges, verifications } from './verification/tables.ts';

export const toolsErasing = {
  counts: { tools: 'inputs of tools' },
  onEraseTickets: async (tx, { ids }) => {
    const erased = await tx
      .update(toolRuns)
      .set({ inputs: null, state: 'failed', failure: 'outdated' })
      // Only what is not sent yet has them; it is not sent then.
      .where(and(inArray(toolRuns.ticketId, [...ids]), isNotNull(toolRuns.inputs)));
    return { tools: erased.rowCount ?? 0 };
  },
  onMergeCustomers: mergeCustomers,
} satisfies ErasingHook;

/** What the one has proved does not hold for the other: it ends. */
async function mergeCustomers(tx: Queryable, { from, into }: { from: number; into: number }): Promise<void> {
  await tx
    .update(verifications)
    .set({ expiresAt: sql`${verifications.at}` })
    .where(and(eq(verifications.requesterId, from), eq(verifications.outcome, 'verified')));
  for (const table of [verifications, verificationChallenges, toolRuns])
    await tx.update(table).set({ requesterId: into }).where(eq(table.requesterId, from));
}

/** Of tickets that are no longer open. */
export async function pruneTools(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  for (const [table, at] of [
    [toolRuns, toolRuns.askedAt],
    [verificationChallenges, verificationChallenges.askedAt],
    [verifications, verifications.at],
  ] as const)
    await deleteOldRows(db, { table, at, where: ofNoOpenTicket(table.ticketId) }, before, signal);
}
