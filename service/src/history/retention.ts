// Deletes the history, and what was computed from it, once both were kept as long as the policy says.
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { lockMeasures } from './measures/measure-batch.ts';
import { dropPartition, listMonths, monthOf } from './partitions.ts';

/** Rows taken at a time, so that no other work waits long for a lock. */
const AT_A_TIME = 20_000;

/** What has no partitions: entries of months that had none yet, and figures. `end`: everything before it goes. */
const OLD: readonly [table: string, isOld: (end: SQL) => SQL][] = [
  ['history_other', (end) => sql`at < ${end}`],
  ['measures', (end) => sql`at < ${end}`],
  ['waits', (end) => sql`until < ${end}`],
  ['rollups', (end) => sql`bucket < ${end}`],
  // A week goes with the last of its days.
  [
    'combined_rollups',
    (end) => sql`bucket < ${end} - CASE grain WHEN 'week' THEN interval '7 days' ELSE interval '0' END`,
  ],
  ['restatements', (end) => sql`day < ${end}::date`],
  ['ticket_skips', (end) => sql`at < ${end}`],
  ['zendesk_figures', (end) => sql`coalesce(solved_at, created_at) < ${end}`],
];

/**
 * Deletes whole months: those that ended before `before`. Partitions are dropped; the other tables are searched once a month and after each
 * start, as they have no index by time. Aborted, it ends after the rows in hand.
 */
export function createHistoryRetention(db: Database): (before: Date, signal: AbortSignal) => Promise<void> {
  let searchedFor: string | null = null;
  return async (before, signal) => {
    const month = monthOf(before);
    for (const old of await listMonths(db)) if (old < month && !signal.aborted) await dropPartition(db, old);
    if (searchedFor === month) return;
    const end = sql`${`${month}-01T00:00:00Z`}::timestamptz`;
    for (const [table, isOld] of OLD) if (!(await deleteAll(db, table, isOld(end), signal))) return;
    searchedFor = month;
  };
}

/** False: aborted. */
async function deleteAll(db: Database, table: string, where: SQL, signal: AbortSignal): Promise<boolean> {
  const name = sql.identifier(table);
  while (!signal.aborted) {
    // Between two batches of the job that measures, which would otherwise subtract what is deleted here, or wait for it in a circle.
    const { rowCount } = await db.transaction(async (tx) => {
      await lockMeasures(tx);
      return tx.execute(sql`
        DELETE FROM ${name} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${where} LIMIT ${AT_A_TIME})) AND ${where}`);
    });
    if (!rowCount) return true;
  }
  return false;
}
