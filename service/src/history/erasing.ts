// Erases from the history who a customer was, when a ticket or a customer is erased.
import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import type { ErasingHook } from '../tickets/index.ts';
import { appendHistory } from './record/append.ts';
import { eraseReasons } from './skips/store-skips.ts';
import { history } from './tables.ts';

/** The history holds no customer's words, and names a customer once: as the requester of `created`. What happened, and so every count, stays. */
export const historyErasing = {
  counts: { skips: 'reasons of skipped tickets' },
  onEraseTickets: async (tx, { ids, now, gone }) => {
    if (gone)
      await appendHistory(
        tx,
        ids.map((ticketId) => ({ ticketId, at: now, kind: 'deleted', source: 'deskwright' })),
      );
    await unname(tx, inArray(history.ticketId, [...ids]));
    return { skips: await eraseReasons(tx, ids) };
  },
  /** They may have opened tickets that belong to others since. */
  onEraseCustomers: async (tx, { ids }) => {
    await unname(tx, inArray(history.ref, [...ids]));
    return { erased: {}, ticketIds: [] };
  },
  onMergeCustomers: async (tx, { from, into }) => {
    await tx
      .update(history)
      .set({ ref: into })
      .where(and(eq(history.kind, 'created'), eq(history.ref, from)));
  },
} satisfies ErasingHook;

async function unname(tx: Queryable, which: SQL): Promise<void> {
  await tx
    .update(history)
    .set({ ref: null })
    .where(and(eq(history.kind, 'created'), isNotNull(history.ref), which));
}
