// Starts the history of tickets that were stored before there was a history.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const KEY = 'history_seeded';
/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_027;
/** Tickets a statement. */
const AT_A_TIME = 1_000;

interface Progress {
  /** Tickets up to this id are done. */
  upTo: number;
  done: boolean;
}

/**
 * Records of each stored ticket what the projection knows: that it was opened, its comments, and how it is now. Once for an installation, in the
 * order of ids; continues where it was interrupted. A ticket whose history has begun since is left out. Returns how many were begun.
 */
export async function seedHistory(db: Database, signal: AbortSignal): Promise<number> {
  let seeded = 0;
  while (!signal.aborted) {
    const step = await db.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
      const [row] = await tx.select().from(settings).where(eq(settings.key, KEY));
      const before = (row?.value as Progress | undefined) ?? { upTo: 0, done: false };
      if (before.done) return { done: true, begun: 0 };
      const { rows } = await tx.execute<{ last: number | null; begun: number }>(seed(before.upTo));
      const last = rows[0]?.last ?? null;
      const value: Progress = { upTo: last ?? before.upTo, done: last === null };
      await tx
        .insert(settings)
        .values({ key: KEY, value })
        .onConflictDoUpdate({ target: settings.key, set: { value } });
      return { done: value.done, begun: rows[0]?.begun ?? 0 };
    });
    seeded += step.begun;
    if (step.done) return seeded;
  }
  return seeded;
}

/** What the ticket shows is true at the time that it shows. Of an erased ticket nobody is named. */
const seed = (after: number) => sql`
  WITH stored AS (SELECT * FROM tickets WHERE id > ${after} ORDER BY id LIMIT ${AT_A_TIME}),
  new AS (SELECT * FROM stored WHERE NOT EXISTS (SELECT FROM history h WHERE h.ticket_id = stored.id)),
  grown AS (
    INSERT INTO history (ticket_id, at, kind, value, ref, actor, actor_id, public, group_id, assignee_id, source)
    SELECT id, created_at, 'created', via, CASE WHEN erased_at IS NULL THEN requester_id END, NULL, NULL, NULL::boolean, NULL::bigint, NULL::bigint, 'read' FROM new
    UNION ALL
    SELECT c.ticket_id, c.created_at, 'comment', NULL, c.id, replace(c.author, 'system', 'zendesk'),
      CASE WHEN c.author <> 'customer' THEN c.author_id END, c.public, NULL, NULL, 'read'
    FROM comments c JOIN new ON new.id = c.ticket_id
    UNION ALL SELECT id, snapshot_at, 'group', NULL, group_id, NULL, NULL, NULL, NULL, NULL, 'read' FROM new WHERE group_id IS NOT NULL
    UNION ALL SELECT id, snapshot_at, 'assignee', NULL, assignee_id, NULL, NULL, NULL, NULL, NULL, 'read' FROM new WHERE assignee_id IS NOT NULL
    UNION ALL SELECT id, snapshot_at, 'priority', priority, NULL, NULL, NULL, NULL, NULL, NULL, 'read' FROM new WHERE priority IS NOT NULL
    UNION ALL SELECT id, snapshot_at, 'category', category, NULL, CASE placed_by WHEN 'human' THEN 'agent' ELSE 'us' END, NULL, NULL, NULL, NULL, 'read'
      FROM new WHERE category IS NOT NULL
    UNION ALL SELECT id, snapshot_at, 'tier', tier, NULL, CASE placed_by WHEN 'human' THEN 'agent' ELSE 'us' END, NULL, NULL, NULL, NULL, 'read'
      FROM new WHERE tier IS NOT NULL
    UNION ALL SELECT id, coalesce(solved_at, snapshot_at), 'status', status, NULL, NULL, NULL, NULL,
      CASE WHEN solved_at IS NOT NULL THEN group_id END, CASE WHEN solved_at IS NOT NULL THEN assignee_id END, 'read' FROM new
    UNION ALL SELECT id, snapshot_at, gone, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'read' FROM new WHERE gone IS NOT NULL
    RETURNING ticket_id),
  due AS (INSERT INTO measures_due (ticket_id) SELECT DISTINCT ticket_id FROM grown)
  SELECT max(id)::float8 AS last, (SELECT count(*)::float8 FROM new) AS begun FROM stored`;
