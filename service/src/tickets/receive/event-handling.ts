// Records which process handles an event and how that ended, and lists and retries the events that were dead-lettered.
import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { DEAD_LETTERED } from '../../platform/storage/tables.ts';
import { inbox } from '../tables.ts';
import type { InboxRow } from './parse-ticket-event.ts';

/** The value in `held_by`. A process that is still running was not crashed by its events. */
export const THIS_PROCESS = randomUUID();

/** After this many failures caused by the event itself, or crashed processes, it is dead-lettered. */
export const MOST_TRIES = 5;

/**
 * Records that this process starts to handle the events, before any body is read, and returns those that are still waiting, in no particular
 * order; `skipLocked` leaves out those that somebody is settling at this moment. Committed at once but without waiting for the disk: what must survive is the end of this process, not that of PostgreSQL.
 */
export function beginHandling(
  db: Queryable,
  ids: readonly number[],
  options: { skipLocked?: true } = {},
): Promise<InboxRow[]> {
  const mine = sql`${inbox.heldBy} = ${THIS_PROCESS}`;
  // A statement's `set_config` also applies to its commit.
  const quickly = sql`(SELECT set_config('synchronous_commit', 'off', true)) IS NOT NULL`;
  return db
    .update(inbox)
    .set({
      heldBy: THIS_PROCESS,
      unfinished: sql`${inbox.unfinished} + (CASE WHEN ${mine} THEN 0 ELSE 1 END)`,
    })
    .where(and(eq(inbox.state, 'waiting'), inOrderOfIds(db, inArray(inbox.id, [...ids]), options), quickly))
    .returning();
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

/** The attempt ended without fault of the events: Zendesk or the database was unavailable, or the service is stopping. */
export async function releaseEvents(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(inbox)
    .set({ heldBy: null, unfinished: sql`greatest(${inbox.unfinished} - 1, 0)` })
    .where(
      and(inOrderOfIds(db, inArray(inbox.id, [...ids])), eq(inbox.state, 'waiting'), eq(inbox.heldBy, THIS_PROCESS)),
    );
}

/** The attempt failed because of the event itself. After `MOST_TRIES` it is dead-lettered; returns whether it was. */
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

interface DeadLetteredEvent {
  id: number;
  type: string;
  ticketId: number | null;
  receivedAt: Date;
  attempts: number;
  error: string | null;
}

/** The longest reason stored; a list has no use for a stack trace. */
const LONGEST_REASON = 1_000;

/** Dead-letters an event with the reason, for an operator. Does nothing if it is finished. */
export async function deadLetterEvent(db: Queryable, id: number, reason: string, now: Date): Promise<void> {
  await db
    .update(inbox)
    .set({ state: DEAD_LETTERED, error: reason.slice(0, LONGEST_REASON), finishedAt: now })
    .where(and(eq(inbox.id, id), eq(inbox.state, 'waiting')));
}

/** Dead-lettered events, oldest first. */
export function listDeadLetteredEvents(db: Queryable, limit = 100): Promise<DeadLetteredEvent[]> {
  const { id, type, ticketId, receivedAt, attempts, error } = inbox;
  return db
    .select({ id, type, ticketId, receivedAt, attempts, error })
    .from(inbox)
    .where(eq(inbox.state, DEAD_LETTERED))
    .orderBy(asc(inbox.id))
    .limit(limit);
}

/**
 * Retries dead-lettered events (all, or those in `ids`) as a new batch. Returns the batch to enqueue (null if there was
 * nothing to retry) and its number of events. Without a job the sweep finds them.
 */
export async function retryDeadLetteredEvents(
  db: Queryable,
  ids: readonly number[] | 'all',
): Promise<{ batch: number | null; replayed: number }> {
  if (ids !== 'all' && ids.length === 0) return { batch: null, replayed: 0 };
  const rows = await db
    .update(inbox)
    .set({
      state: 'waiting',
      batch: sql`(SELECT nextval('inbox_batch'))`,
      attempts: 0,
      heldBy: null,
      unfinished: 0,
      error: null,
      finishedAt: null,
    })
    .where(and(eq(inbox.state, DEAD_LETTERED), ids === 'all' ? undefined : inArray(inbox.id, [...ids])))
    .returning({ batch: inbox.batch });
  return { batch: rows[0]?.batch ?? null, replayed: rows.length };
}
