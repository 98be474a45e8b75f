// Deletes what agents did in the sidebar once it was kept long enough, and erases what they entered in its forms.
import { and, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { type ErasingHook, ofNoOpenTicket } from '../tickets/index.ts';
import { categoryCorrections, escalations, guidanceTicks } from './tables.ts';

/** Ticks have no id of their own, so that an index on the time finds the old ones. */
const TICKS_AT_A_TIME = 5_000;

/** Of tickets that are no longer open. Aborted, it ends after the rows in hand. */
export async function pruneActions(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  const corrections = { table: categoryCorrections, at: categoryCorrections.correctedAt };
  await deleteOldRows(db, { ...corrections, where: ofNoOpenTicket(categoryCorrections.ticketId) }, before, signal);
  const passed = { table: escalations, at: escalations.escalatedAt, where: ofNoOpenTicket(escalations.ticketId) };
  await deleteOldRows(db, passed, before, signal);
  await pruneTicks(db, sql`${lt(guidanceTicks.doneAt, before)} AND ${ofNoOpenTicket(guidanceTicks.ticketId)}`, signal);
}

async function pruneTicks(db: Database, where: SQL, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { rowCount } = await db.execute(sql`DELETE FROM ${guidanceTicks} WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ${guidanceTicks} WHERE ${where} LIMIT ${TICKS_AT_A_TIME}))`);
    if ((rowCount ?? 0) < TICKS_AT_A_TIME) return;
  }
}

export const sidebarErasing = {
  counts: { escalations: 'escalation forms' },
  onEraseTickets: async (tx, { ids }) => {
    const { rowCount } = await tx
      .update(escalations)
      .set({ said: [] })
      .where(and(inArray(escalations.ticketId, [...ids]), sql`${escalations.said} <> '[]'`));
    return { escalations: rowCount ?? 0 };
  },
} satisfies ErasingHook;
