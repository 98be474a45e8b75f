// Records effects; lists, retries and deletes entries that are not claimed.
import { and, asc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../storage/database.ts';
import { DEAD_LETTERED } from '../storage/tables.ts';
import { stateWhenRecorded } from './activation.ts';
import { type EffectDefinition, type EffectDescription, PERHAPS_PERFORMED } from './effect-definition.ts';
import { outbox } from './tables.ts';

export interface NewEntry<Payload> {
  /** Idempotency key: a second effect with the same key is ignored. */
  key: string;
  /** The id of its subject, such as a ticket. */
  subjectId: number | null;
  payload: Payload;
  /** Performed no earlier than this; default: at once. */
  dueAt?: Date;
}

/**
 * Writes the effect in the caller's transaction: to be performed, or as observed while Deskwright only watches. An existing entry with the same key, in whatever state, is left
 * unchanged. Returns whether the effect is new.
 */
export async function recordEffect<Payload>(
  tx: Queryable,
  definition: EffectDefinition<Payload>,
  entry: NewEntry<Payload>,
): Promise<boolean> {
  const [isNew = false] = await recordEffects(tx, definition, [entry]);
  return isNew;
}

/** The same for several effects of one kind, with one statement. */
export async function recordEffects<Payload>(
  tx: Queryable,
  definition: EffectDefinition<Payload>,
  entries: readonly NewEntry<Payload>[],
): Promise<boolean[]> {
  const { name, priority, coalesceBy } = definition;
  const recorded = await tx
    .insert(outbox)
    .values(
      entries.map(({ key, subjectId, payload, dueAt }) => ({
        kind: name,
        key,
        ticketId: subjectId,
        payload,
        state: stateWhenRecorded(definition),
        priority: priority?.(payload) ?? 2,
        coalesceKey: coalesceBy?.({ subjectId, payload }) ?? key,
        ...(dueAt ? { dueAt } : {}),
      })),
    )
    .onConflictDoNothing({ target: outbox.key })
    .returning({ key: outbox.key });
  recordedSoFar += recorded.length;
  const keys = new Set(recorded.map(({ key }) => key));
  return entries.map(({ key }) => keys.has(key));
}

let recordedSoFar = 0;

/** New effects of all kinds that this process has recorded, whether or not their transaction was committed: none more, nothing new to perform. */
export const countRecordedEffects = (): number => recordedSoFar;

export interface DeadLetter {
  id: number;
  kind: string;
  subjectId: number | null;
  attempts: number;
  /** The external system's error, without customers' words. */
  reason: string | null;
  createdAt: Date;
}

/** Dead-lettered entries of every kind, oldest first. */
export async function listDeadLetters(db: Queryable, limit = 100): Promise<DeadLetter[]> {
  const { id, kind, ticketId, attempts, lastError, createdAt } = outbox;
  return db
    .select({ id, kind, subjectId: ticketId, attempts, reason: lastError, createdAt })
    .from(outbox)
    .where(eq(outbox.state, DEAD_LETTERED))
    .orderBy(asc(outbox.id))
    .limit(limit);
}

/** `certain`: all but those that may have been performed. */
export type Retried = readonly number[] | 'all' | 'certain';

/**
 * Makes dead-lettered entries due now and returns how many. They count as in doubt: if one was performed after
 * all, its kind finds out. Entries of kinds that are performed at most once count as new: the operator has checked.
 */
export async function retryDeadLetters(
  db: Queryable,
  definitions: readonly Pick<EffectDescription, 'name' | 'whenInDoubt'>[],
  which: Retried,
): Promise<number> {
  if (typeof which !== 'string' && which.length === 0) return 0;
  const atMostOnce = definitions.filter(({ whenInDoubt }) => whenInDoubt === 'dead_letter').map(({ name }) => name);
  const retried = await db
    .update(outbox)
    .set({
      state:
        atMostOnce.length === 0
          ? 'in_flight'
          : sql`CASE WHEN ${inArray(outbox.kind, atMostOnce)} THEN 'waiting' ELSE 'in_flight' END`,
      attempts: 0,
      claims: sql`${outbox.claims} + 1`,
      unfinished: 0,
      dueAt: sql`now()`,
      claimedUntil: sql`now()`,
      lastError: null,
    })
    .where(and(eq(outbox.state, DEAD_LETTERED), among(which)))
    .returning({ id: outbox.id });
  return retried.length;
}

function among(which: Retried): SQL | undefined {
  if (which === 'all') return undefined;
  if (which !== 'certain') return inArray(outbox.id, [...which]);
  return sql`NOT starts_with(coalesce(${outbox.lastError}, ''), ${PERHAPS_PERFORMED})`;
}

/** Cancels the entries that have not ended, and deletes the payload and error of all: what erasing a person does. Returns how many. */
export async function eraseEntries(tx: Queryable, which: SQL | undefined, now: Date): Promise<number> {
  const { rowCount } = await tx
    .update(outbox)
    .set({
      state: sql`CASE WHEN ${outbox.state} = 'done' THEN 'done' ELSE 'cancelled' END`,
      payload: {},
      lastError: null,
      claimedUntil: null,
      finishedAt: sql`coalesce(${outbox.finishedAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(which);
  return rowCount ?? 0;
}

/** Rows deleted at a time, so that no other work waits long for a lock. */
const AT_A_TIME = 5_000;

/**
 * Deletes entries that ended before `before`, and those only observed since; dead-lettered ones stay until an operator retries them. Returns how many.
 * @param mayDelete a condition on `outbox`: what was only observed and may still be activated is kept
 * @param keptKinds kinds of which nothing that was only observed is deleted
 */
export async function deleteEnded(
  db: Database,
  before: Date,
  mayDelete: SQL = sql`true`,
  keptKinds: readonly string[] = [],
): Promise<number> {
  const moment = before.toISOString();
  return (
    (await deleteWhere(db, sql`state IN ('done', 'cancelled') AND finished_at < ${moment}`)) +
    (await deleteWhere(
      db,
      sql`state = 'observed' AND created_at < ${moment} AND ${mayDelete} AND ${notInArray(outbox.kind, [...keptKinds])}`,
    ))
  );
}

async function deleteWhere(db: Database, where: SQL): Promise<number> {
  let total = 0;
  for (;;) {
    const { rowCount } = await db.execute(
      sql`DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ${where} LIMIT ${AT_A_TIME})`,
    );
    total += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_A_TIME) return total;
  }
}
