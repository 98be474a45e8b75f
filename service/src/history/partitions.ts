// Keeps a partition of the history for each month, made before the month begins and dropped as a whole (migration 0092: by functions of the role that owns the history).
import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { IS_OPEN } from './read/read-waiting.ts';

/** Two are there while the service is down for a month. */
const MONTHS_AHEAD = 3;
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_026;

/**
 * Makes the partitions of this month and the next ones. Cheap if they are there. Rows of a month that had none lie in `history_other` and are
 * moved. Tickets are processed meanwhile: a partition is made by itself and attached, which locks the history against other changes of its
 * partitions only, and `history_other`, where rows of other times go, for a moment.
 */
export async function makePartitions(db: Database, now: Date): Promise<void> {
  const there = new Set(await listMonths(db));
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const month = monthOf(now, ahead);
    if (!there.has(month)) await makePartition(db, month);
  }
}

/** Months of the partitions, `2026-11`. */
export async function listMonths(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.execute<{ month: string }>(sql`
    SELECT replace(substr(relname, 9), '_', '-') AS month FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = 'history'::regclass AND relname ~ '^history_[0-9]{4}_[0-9]{2}$' ORDER BY relname`);
  return rows.map(({ month }) => month);
}

async function makePartition(db: Database, month: string): Promise<void> {
  await db.transaction(async (tx) => {
    await takeTurns(tx);
    if ((await listMonths(tx)).includes(month)) return;
    await tx.execute(sql`SELECT deskwright_make_history_month(${firstDayOf(month)}::date)`);
  });
}

/**
 * Drops the partition. A ticket to which something happened since `end`, or that is open, keeps its entries, in `history_other`: it may be measured
 * again, and its reply is nothing without its arrival. It locks the history for a moment; if that is in use for long, throws, and is to be tried again.
 */
export async function dropPartition(db: Database, month: string, end: Date): Promise<void> {
  const name = sql.identifier(`history_${month.replace('-', '_')}`);
  await db.transaction(async (tx) => {
    await takeTurns(tx);
    if (!(await listMonths(tx)).includes(month)) return;
    // Before anybody has to wait: it reads all later months.
    const { rows } = await tx.execute<{ id: string }>(sql`
      SELECT DISTINCT ticket_id AS id FROM ${name} WHERE ticket_id IN (
        SELECT ticket_id FROM history WHERE at >= ${end.toISOString()}::timestamptz UNION ALL SELECT id FROM tickets WHERE ${IS_OPEN})`);
    const kept = `{${rows.map(({ id }) => id).join()}}`;
    await tx.execute(sql`SELECT deskwright_drop_history_month(${firstDayOf(month)}::date, ${kept}::bigint[])`);
  });
}

/** One process at a time. Waiting long for a table would make everybody behind it wait as long: rather an error, and another attempt in an hour. */
async function takeTurns(tx: Queryable): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
  await tx.execute(sql`SET LOCAL lock_timeout = '2s'`);
}

/** `2026-11`, in UTC. `ahead`: months after it. */
export function monthOf(at: Date, ahead = 0): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead)).toISOString().slice(0, 7);
}

const firstDayOf = (month: string): string => `${month}-01`;
