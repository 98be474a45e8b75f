// Erases what agents filled into tools, ends verifications of who is forgotten, and deletes old records.
import { and, eq, inArray, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { type ErasingHook, ofNoOpenTicket } from '../tickets/index.ts';
import { toolRuns } from './tables.ts';
import { verificationChallenges, verifications } from './verification/tables.ts';
import { endCodes } from './verification/tries.ts';

export const toolsErasing = {
  counts: { tools: 'inputs of tools' },
  onEraseTickets: async (tx, { ids }) => {
    await endVerifications(tx, inArray(verifications.ticketId, [...ids]));
    await tx
      .update(verificationChallenges)
      .set({ state: 'ended', salt: null, hash: null })
      .where(inArray(verificationChallenges.ticketId, [...ids]));
    const theirs = inArray(toolRuns.ticketId, [...ids]);
    const tools = await withdrawRuns(tx, theirs);
    await eraseChecks(tx, theirs);
    return { tools };
  },
  onMergeCustomers: mergeCustomers,
} satisfies ErasingHook;

/** Only what is not sent yet has inputs; it is not sent then. Returns how many. */
async function withdrawRuns(tx: Queryable, which: SQL): Promise<number> {
  const withdrawn = await tx
    .update(toolRuns)
    .set({ inputs: null, state: 'failed', failure: 'outdated' })
    .where(and(which, isNotNull(toolRuns.inputs)));
  return withdrawn.rowCount ?? 0;
}

/** Who tries all inputs finds those that have this check, so it is kept no longer than it is needed. */
async function eraseChecks(tx: Queryable, which: SQL): Promise<void> {
  await tx
    .update(toolRuns)
    .set({ inputsCheck: null })
    .where(and(which, isNotNull(toolRuns.inputsCheck)));
}

/** A form that got no answer is sent again at once, and none is filled in for so long. */
const SENT_AGAIN_FOR = '1d';

/** What tells whether a form is sent again with the same inputs. */
export const eraseOldInputs = (db: Database, now: Date): Promise<void> =>
  eraseChecks(db, lt(toolRuns.askedAt, daysBefore(now, SENT_AGAIN_FOR)));

async function endVerifications(tx: Queryable, which: SQL): Promise<void> {
  await tx
    .update(verifications)
    .set({ expiresAt: sql`${verifications.at}` })
    .where(and(which, eq(verifications.outcome, 'verified')));
}

/** What the one has proved does not hold for the other, and what was asked for the one is not done to the other. */
async function mergeCustomers(tx: Queryable, { from, into }: { from: number; into: number }): Promise<void> {
  await endVerifications(tx, eq(verifications.requesterId, from));
  await endCodes(tx, from);
  await withdrawRuns(tx, eq(toolRuns.requesterId, from));
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
