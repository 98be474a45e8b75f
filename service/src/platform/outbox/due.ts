// Finds the due entries of a kind, in a time that does not depend on how many are waiting.
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../storage/database.ts';
import type { Acting, CoveredKind } from './activation.ts';

/**
 * `urgent`: entries of priority 0 without an attempt. `fresh`: all without an attempt. `retries`: those attempted before, including by a
 * process that died. `suspects`: those during which a process died more than once; the other lanes exclude them.
 */
export type Lane = 'urgent' | 'fresh' | 'retries' | 'suspects';

/**
 * True where no entry of the key of `o` is in flight such that `which` holds of it. A subquery with a limit is evaluated per scanned row, whereas
 * PostgreSQL may turn `NOT EXISTS` into a join that reads everything; and in `coalesce` it expects half of the rows to pass, which keeps it on the index.
 */
const noneInFlight = (which: SQL): SQL => sql`coalesce((SELECT false FROM outbox h
  WHERE h.kind = o.kind AND h.coalesce_key = o.coalesce_key AND h.state = 'in_flight' AND (${which}) LIMIT 1), true)`;
/** No process is performing the entry's key, and no unfinished external job has it. */
const IS_FREE = noneInFlight(sql`h.claimed_until >= now() OR h.zendesk_job_id IS NOT NULL`);
const IS_NO_SUSPECT = noneInFlight(sql`h.unfinished > 1`);

/** Entries read per requested group: a group with more entries can only make a claim smaller than possible. */
const ENTRIES_PER_GROUP = 4;
const EVERY_PRIORITY = sql`(VALUES (0), (1), (2)) AS p(priority)`;
const FIRST_PRIORITY = sql`(VALUES (0)) AS p(priority)`;

/**
 * The first due entries of a lane that are not claimed, as `coalesce_key, priority, due_at, id`: enough for `groups` keys. Each part scans a partial
 * index in order and stops at its limit, so that its cost does not depend on the backlog.
 */
export function dueEntries({ name: kind, isCovered }: CoveredKind, lane: Lane, groups: number): SQL {
  const limit = groups * ENTRIES_PER_GROUP;
  const waiting = (priorities: SQL, alone: SQL) => sql`
    SELECT o.coalesce_key, p.priority, o.due_at, o.id FROM ${priorities} CROSS JOIN LATERAL (
      SELECT o.coalesce_key, o.due_at, o.id FROM outbox o
      WHERE o.kind = ${kind} AND o.state = 'waiting' AND ${alone} AND o.priority = p.priority AND o.due_at <= now()
        AND ${IS_FREE} AND ${IS_NO_SUSPECT}
      ORDER BY o.due_at, o.id LIMIT ${limit}) AS o`;
  const left = (which: SQL) => sql`
    (SELECT o.coalesce_key, o.priority, o.claimed_until AS due_at, o.id FROM outbox o
     WHERE o.kind = ${kind} AND o.state = 'in_flight' AND o.zendesk_job_id IS NULL AND o.claimed_until < now() AND ${which} AND ${IS_FREE}
       AND (SELECT ${isCovered} FROM acting() a)
     ORDER BY o.claimed_until LIMIT ${limit})`;
  switch (lane) {
    case 'urgent':
      return waiting(FIRST_PRIORITY, sql`NOT o.alone`);
    case 'fresh':
      return waiting(EVERY_PRIORITY, sql`NOT o.alone`);
    case 'retries':
      return sql`${waiting(EVERY_PRIORITY, sql`o.alone`)} UNION ALL ${left(IS_NO_SUSPECT)}`;
    case 'suspects':
      return left(sql`o.unfinished > 1`);
  }
}

/** Coalescing keys of a lane that are due and not claimed, counted up to `most`. */
export async function countDue(db: Database, kind: CoveredKind, lane: Lane, most: number): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    SELECT least(count(DISTINCT d.coalesce_key), ${most})::int AS count
    FROM (${dueEntries(kind, lane, most)}) AS d`);
  return rows[0]?.count ?? 0;
}

/** What may be claimed now. */
export interface DueWork {
  urgent: boolean;
  retries: boolean;
  suspects: boolean;
  /** A job outside whose turn to be looked at it is. */
  job: boolean;
  /** Keys of the lane `fresh`, counted up to `most`. */
  fresh: number;
}

/** One statement for all lanes: most of them are empty most of the time, and looking into each by a claim costs four. */
export async function readDueWork(db: Database, kind: CoveredKind, most: number): Promise<DueWork> {
  const isDue = (lane: Lane) => sql`EXISTS (SELECT FROM (${dueEntries(kind, lane, 1)}) AS d)`;
  const { rows } = await db.execute<{ [Key in keyof DueWork]: DueWork[Key] }>(sql`
    SELECT ${isDue('urgent')} AS urgent, ${isDue('retries')} AS retries, ${isDue('suspects')} AS suspects,
      EXISTS (SELECT FROM outbox o WHERE o.kind = ${kind.name} AND o.state = 'in_flight' AND o.zendesk_job_id IS NOT NULL
        AND o.claimed_until < now()) AS job,
      (SELECT least(count(DISTINCT d.coalesce_key), ${most})::int FROM (${dueEntries(kind, 'fresh', most)}) AS d) AS fresh`);
  return rows[0] ?? { urgent: false, retries: false, suspects: false, job: false, fresh: 0 };
}

/** What comes next for a kind. */
export interface NextWork {
  /** Milliseconds until the next entry, lease or check of an external job is due. Null: nothing is waiting. */
  dueMs: number | null;
  mode: Acting['mode'];
  scope: Acting['scope'];
}

/** When the next work is due, and how far Deskwright acts, in one statement: it is asked again and again while work waits. */
export async function readNextWork(db: Database, { name: kind, isCovered }: CoveredKind): Promise<NextWork> {
  const leases = (which: SQL) => sql`(SELECT min(o.claimed_until) FROM outbox o
    WHERE o.kind = ${kind} AND o.state = 'in_flight' AND o.zendesk_job_id ${which})`;
  const waiting = (alone: SQL) => sql`(SELECT min(w.due_at) FROM ${EVERY_PRIORITY} CROSS JOIN LATERAL (
    SELECT o.due_at FROM outbox o
    WHERE o.kind = ${kind} AND o.state = 'waiting' AND ${alone} AND o.priority = p.priority AND ${IS_FREE}
    ORDER BY o.due_at, o.id LIMIT 1) AS w)`;
  const { rows } = await db.execute<{ ms: number | null; mode: Acting['mode']; scope: Acting['scope'] }>(sql`
    SELECT (extract(epoch FROM least(${leases(sql`IS NULL AND (SELECT ${isCovered} FROM acting() a)`)}, ${leases(sql`IS NOT NULL`)},
      ${waiting(sql`NOT o.alone`)}, ${waiting(sql`o.alone`)}) - clock_timestamp()) * 1000)::float8 AS ms, acts.mode, acts.scope
    FROM acting() AS acts`);
  const [{ ms, mode, scope } = { ms: null, mode: 'act', scope: 'all' } as const] = rows;
  return { dueMs: ms === null ? null : Math.max(0, Math.ceil(ms)), mode, scope };
}
