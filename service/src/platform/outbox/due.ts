// Finds which entries of a kind are due, in a time that does not depend on how many wait.
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../storage/database.ts';

/**
 * `urgent`: entries of priority 0 that nobody tried before. `fresh`: all that nobody tried before. `retries`: those tried before, also by a
 * process that died. `suspects`: those during which a process died more than once; the other lanes leave them out.
 */
export type Lane = 'urgent' | 'fresh' | 'retries' | 'suspects';

/** Somebody is at work on the entry's key, or has handed it to a job outside that has not ended. */
const HELD = sql`EXISTS (SELECT 1 FROM outbox h WHERE h.kind = o.kind AND h.coalesce_key = o.coalesce_key
  AND h.state = 'in_flight' AND (h.claimed_until >= now() OR h.zendesk_job_id IS NOT NULL))`;
const IS_SUSPECT = sql`EXISTS (SELECT 1 FROM outbox s WHERE s.kind = o.kind AND s.coalesce_key = o.coalesce_key
  AND s.state = 'in_flight' AND s.unfinished > 1)`;

/** Entries read for each group wanted: a group with more entries than this may leave a claim smaller than it could be, no more. */
const ENTRIES_PER_GROUP = 4;
const EVERY_PRIORITY = sql`(VALUES (0), (1), (2)) AS p(priority)`;
const FIRST_PRIORITY = sql`(VALUES (0)) AS p(priority)`;

/**
 * The first due entries of a lane that nobody holds, as `coalesce_key, priority, due_at, id`: enough for `groups` keys. Each part walks a partial
 * index in its order and stops at its limit, so that it costs the same however much waits.
 */
export function dueEntries(kind: string, lane: Lane, groups: number): SQL {
  const limit = groups * ENTRIES_PER_GROUP;
  const waiting = (priorities: SQL, alone: SQL) => sql`
    SELECT o.coalesce_key, p.priority, o.due_at, o.id FROM ${priorities} CROSS JOIN LATERAL (
      SELECT o.coalesce_key, o.due_at, o.id FROM outbox o
      WHERE o.kind = ${kind} AND o.state = 'waiting' AND ${alone} AND o.priority = p.priority AND o.due_at <= now()
        AND NOT ${HELD} AND NOT ${IS_SUSPECT}
      ORDER BY o.due_at, o.id LIMIT ${limit}) AS o`;
  const left = (which: SQL) => sql`
    (SELECT o.coalesce_key, o.priority, o.claimed_until AS due_at, o.id FROM outbox o
     WHERE o.kind = ${kind} AND o.state = 'in_flight' AND o.zendesk_job_id IS NULL AND o.claimed_until < now() AND ${which} AND NOT ${HELD}
     ORDER BY o.claimed_until LIMIT ${limit})`;
  switch (lane) {
    case 'urgent':
      return waiting(FIRST_PRIORITY, sql`NOT o.alone`);
    case 'fresh':
      return waiting(EVERY_PRIORITY, sql`NOT o.alone`);
    case 'retries':
      return sql`${waiting(EVERY_PRIORITY, sql`o.alone`)} UNION ALL ${left(sql`NOT ${IS_SUSPECT}`)}`;
    case 'suspects':
      return left(sql`o.unfinished > 1`);
  }
}

/** Coalescing keys of a lane that are due and not held, counted up to `most`. */
export async function countDue(db: Database, kind: string, lane: Lane, most: number): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(sql`
    SELECT least(count(DISTINCT d.coalesce_key), ${most})::int AS count
    FROM (${dueEntries(kind, lane, most)}) AS d`);
  return rows[0]?.count ?? 0;
}

/** Milliseconds until the next entry, lease or look at a job outside is due. Null: nothing waits. */
export async function nextDueMs(db: Database, kind: string): Promise<number | null> {
  const { rows } = await db.execute<{ ms: number | null }>(sql`
    SELECT (extract(epoch FROM least(
      (SELECT min(o.claimed_until) FROM outbox o WHERE o.kind = ${kind} AND o.state = 'in_flight'),
      (SELECT min(w.due_at) FROM (VALUES (0), (1), (2)) AS p(priority) CROSS JOIN (VALUES (false), (true)) AS a(alone) CROSS JOIN LATERAL (
        SELECT o.due_at FROM outbox o
        WHERE o.kind = ${kind} AND o.state = 'waiting' AND o.alone = a.alone AND o.priority = p.priority AND NOT ${HELD}
        ORDER BY o.due_at, o.id LIMIT 1) AS w)) - clock_timestamp()) * 1000)::float8 AS ms`);
  const ms = rows[0]?.ms ?? null;
  return ms === null ? null : Math.max(0, Math.ceil(ms));
}
