// How does a try of some rows end in the database?
import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { outbox } from '../storage/schema.ts';

const inMs = (ms: number) => sql`now() + ${ms}::float8 * interval '1 millisecond'`;

/** The end of a wish. `reason` says why it was parked or cancelled, without customers' words. */
export async function finishRows(
  tx: Queryable,
  ids: readonly number[],
  state: 'done' | 'parked' | 'cancelled',
  reason: string | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(outbox)
    .set({
      state,
      lastError: reason,
      claimedUntil: null,
      zendeskJobId: null,
      finishedAt: state === 'parked' ? null : sql`now()`,
    })
    .where(inArray(outbox.id, [...ids]));
}

export interface Postponement {
  ms: number;
  reason: string;
  /** False: the try does not count, because nothing was wrong with the wish (busy, no budget, login refused). */
  counts: boolean;
  /** Of counted tries; reached, the wish is parked. */
  attempts: number;
}

/** Certainly not written: waits again. Gives back how many were parked instead. */
export async function postponeRows(tx: Queryable, ids: readonly number[], how: Postponement): Promise<number> {
  return settleAgain(tx, ids, how, 'waiting');
}

/**
 * Perhaps written: stays in flight, and whoever claims it after `ms` looks the ticket's audits up first. Gives back how many
 * were parked instead.
 */
export async function keepInDoubt(tx: Queryable, ids: readonly number[], how: Postponement): Promise<number> {
  return settleAgain(tx, ids, how, 'in_flight');
}

async function settleAgain(
  tx: Queryable,
  ids: readonly number[],
  how: Postponement,
  state: 'waiting' | 'in_flight',
): Promise<number> {
  if (ids.length === 0) return 0;
  const exhausted = sql`${how.counts} AND ${outbox.attempts} >= ${how.attempts}`;
  const settled = await tx
    .update(outbox)
    .set({
      state: sql`CASE WHEN ${exhausted} THEN 'parked' ELSE ${state} END`,
      attempts: how.counts ? outbox.attempts : sql`greatest(0, ${outbox.attempts} - 1)`,
      dueAt: inMs(how.ms),
      claimedUntil: state === 'in_flight' ? inMs(how.ms) : null,
      zendeskJobId: null,
      lastError: how.reason,
    })
    .where(inArray(outbox.id, [...ids]))
    .returning({ state: outbox.state });
  return settled.filter((row) => row.state === 'parked').length;
}

/** Lets rows that wait be taken at once. */
export async function hastenRows(tx: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(outbox)
    .set({ dueAt: sql`now()` })
    .where(sql`${inArray(outbox.id, [...ids])} AND ${outbox.state} = 'waiting'`);
}
