// Deletes the history, and what was computed from it, when the policy's retention period has ended.
import { type SQL, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Database } from '../platform/storage/database.ts';
import { figuresZone, readFiguresState, saveFiguresState } from './measures/figures-state.ts';
import { lockMeasures } from './measures/measure-batch.ts';
import { dropPartition, listMonths, monthOf } from './partitions.ts';
import { IS_OPEN } from './read/read-waiting.ts';

/** Rows taken at a time, so that no other work waits long for a lock. */
const AT_A_TIME = 20_000;

interface Ends {
  /** Of the months that go. */
  readonly history: Date;
  /** Of the figures that go: the week in which the first month begins that stays is kept, and all of it, by the policy's time zone. */
  readonly figures: Date;
}

const timeOf = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;

/** Nothing happened to the ticket since, and it is not open: nobody measures it again. */
const isOver = (ticketId: SQL, { figures }: Ends): SQL => sql`
  NOT EXISTS (SELECT FROM history later WHERE later.ticket_id = ${ticketId} AND later.at >= ${timeOf(figures)})
  AND NOT EXISTS (SELECT FROM tickets WHERE id = ${ticketId} AND ${IS_OPEN})`;

/** What has no partitions: entries of months that had none yet or were kept for their ticket, and figures. */
const OLD: readonly [table: string, isOld: (ends: Ends) => SQL][] = [
  ['measures', ({ figures }) => sql`at < ${timeOf(figures)}`],
  ['rollups', ({ figures }) => sql`bucket < ${timeOf(figures)}`],
  ['combined_rollups', ({ figures }) => sql`bucket < ${timeOf(figures)}`],
  ['waits', ({ figures }) => sql`until < ${timeOf(figures)}`],
  ['restatements', ({ figures }) => sql`day < ${figures.toISOString().slice(0, 10)}::date`],
  ['ticket_skips', ({ history }) => sql`at < ${timeOf(history)}`],
  ['history_other', (ends) => sql`at < ${timeOf(ends.history)} AND ${isOver(sql`history_other.ticket_id`, ends)}`],
  [
    'zendesk_figures',
    (ends) =>
      sql`coalesce(solved_at, created_at) < ${timeOf(ends.history)} AND ${isOver(sql`zendesk_figures.ticket_id`, ends)}`,
  ],
];

/**
 * Deletes whole months: those that ended before `before`. Partitions are dropped; the other tables are searched once a month and after each
 * start, as they have no index by time. Aborted, it ends after the rows in hand.
 */
export function createHistoryRetention(db: Database): (before: Date, signal: AbortSignal) => Promise<void> {
  let searchedFor: string | null = null;
  return async (before, signal) => {
    const month = monthOf(before);
    const ends = await findEnds(db, new Date(`${month}-01T00:00:00Z`));
    for (const old of await listMonths(db))
      if (old < month && !signal.aborted) await dropPartition(db, old, ends.figures);
    if (searchedFor === month) return;
    await noteKeptSince(db, ends.figures);
    for (const [table, isOld] of OLD) if (!(await deleteAll(db, table, isOld(ends), signal))) return;
    searchedFor = month;
  };
}

/** There are sums of days and weeks, which begin at other times than months in UTC: none may lose a part of its measures. */
async function findEnds(db: Database, history: Date): Promise<Ends> {
  const zone = await figuresZone(db);
  return { history, figures: DateTime.fromJSDate(history, { zone }).startOf('week').toJSDate() };
}

/** What was older would come back with the next event of its ticket. */
async function noteKeptSince(db: Database, end: Date): Promise<void> {
  const keptSince = end.toISOString();
  await db.transaction(async (tx) => {
    await lockMeasures(tx);
    const state = await readFiguresState(tx);
    if (state && (state.keptSince ?? '') < keptSince) await saveFiguresState(tx, { ...state, keptSince });
  });
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
