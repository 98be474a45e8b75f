// Records who began to handle an event and how it ended.
import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';
import { deadLetterEvent } from './dead-lettered-events.ts';
import type { InboxRow } from './parse-ticket-event.ts';

/** What stands in `held_by`. A process that still runs was not ended by what it holds. */
export const THIS_PROCESS = randomUUID();

/** So many failures of its own, or processes that it ended, and an event is set aside. */
export const MOST_TRIES = 5;

/**
 * Notes that this process begins to handle the events, before any body is looked at, and gives back those that still wait, in no
 * order; `skipLocked` leaves out those that somebody is settling at this moment. Committed at once but without waiting for the disk: what must survive is the end of this process, not that of PostgreSQL.
 */
export function beginHandling(
  db: Queryable,
  ids: readonly number[],
  options: { skipLocked?: true } = {},
): Promise<InboxRow[]> {
  return begin(db, inOrderOfIds(db, inArray(inbox.id, [...ids]), options));
}

/** Locks the rows in the order of their ids, as all do who lock several: in any other, two could wait for each other. */
const inOrderOfIds = (db: Queryable, which: SQL | undefined, options: { skipLocked?: true } = {}): SQL =>
  inArray(
    inbox.id,
    db
      .select({ id: inbox.id })
      .from(inbox)
      .where(and(eq(inbox.state, 'waiting'), which))
      .orderBy(asc(inbox.id))
      .for('update', options),
  );

/** The same for the events of a batch that `me` caused and that were never tried before. */
export function beginHandlingOwn(db: Queryable, batch: number, me: number): Promise<InboxRow[]> {
  const actor = sql`${inbox.body} #>> '{detail,actor_id}'`;
  return begin(
    db,
    sql`${inbox.batch} = ${batch} AND ${inbox.unfinished} = 0 AND ${inbox.attempts} = 0 AND ${actor} = ${String(me)}`,
  );
}

function begin(db: Queryable, which: SQL): Promise<InboxRow[]> {
  const mine = sql`${inbox.heldBy} = ${THIS_PROCESS}`;
  // `set_config` of one statement holds for its commit too.
  const quickly = sql`(SELECT set_config('synchronous_commit', 'off', true)) IS NOT NULL`;
  return db
    .update(inbox)
    .set({
      heldBy: THIS_PROCESS,
      unfinished: sql`${inbox.unfinished} + (CASE WHEN ${mine} THEN 0 ELSE 1 END)`,
    })
    .where(and(eq(inbox.state, 'waiting'), which, quickly))
    .returning();
}

/** The handling ended and says nothing against the events: Zendesk or the database was away, or the service winds down. */
export async function releaseEvents(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(inbox)
    .set({ heldBy: null, unfinished: sql`greatest(${inbox.unfinished} - 1, 0)` })
    .where(
      and(inOrderOfIds(db, inArray(inbox.id, [...ids])), eq(inbox.state, 'waiting'), eq(inbox.heldBy, THIS_PROCESS)),
    );
}

/** The handling failed for a reason of the event's own. After `MOST_TRIES` it is set aside; gives back whether it was. */
export async function failEvent(db: Queryable, id: number, reason: string, now: Date): Promise<boolean> {
  const failed = await db
    .update(inbox)
    .set({
      attempts: sql`${inbox.attempts} + 1`,
      heldBy: null,
      unfinished: sql`greatest(${inbox.unfinished} - 1, 0)`,
    })
    .where(and(eq(inbox.id, id), eq(inbox.state, 'waiting')))
    .returning({ attempts: inbox.attempts });
  const isLast = (failed[0]?.attempts ?? 0) >= MOST_TRIES;
  if (isLast) await deadLetterEvent(db, id, reason, now);
  return isLast;
}
