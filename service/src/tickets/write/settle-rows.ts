// How does a try of some rows end in the database?
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { outbox } from '../../platform/storage/schema.ts';

/** Names one claim of one row: no later claim carries the same number. */
export interface Claim {
  id: number;
  claim: number;
}

const inMs = (ms: number) => sql`now() + ${ms}::float8 * interval '1 millisecond'`;

/** The claims as a table `c`, for `FROM`. */
export const claimTable = (claims: readonly Claim[]): SQL =>
  sql`jsonb_to_recordset(${JSON.stringify(claims.map(({ id, claim }) => ({ id, claim })))}::jsonb) AS c(id bigint, claim int)`;

/**
 * Rows whose latest claim is still the one at hand. One whose lease has ended stays ours until somebody else claims it; after that
 * a late end of ours finds no row, so that it cannot undo what the other has done.
 */
const stillOurs = (claims: readonly Claim[], state: 'in_flight' | 'waiting' = 'in_flight'): SQL => sql`${inArray(
  outbox.id,
  claims.map(({ id }) => id),
)}
  AND (${outbox.id}, ${outbox.claims}) IN (SELECT c.id, c.claim FROM ${claimTable(claims)}) AND ${outbox.state} = ${state}`;

const ENDED = { claimedUntil: null, zendeskJobId: null, unfinished: 0 } as const;

/**
 * The end of an effect. `reason` says why it was parked or cancelled, without customers' words. Gives back how many rows were
 * still ours to end.
 */
export async function finishRows(
  tx: Queryable,
  claims: readonly Claim[],
  state: 'done' | 'parked' | 'cancelled',
  reason: string | null = null,
): Promise<number> {
  if (claims.length === 0) return 0;
  const { rowCount } = await tx
    .update(outbox)
    .set({ ...ENDED, state, lastError: reason, finishedAt: state === 'parked' ? null : sql`now()` })
    .where(stillOurs(claims));
  return rowCount ?? 0;
}

/**
 * Zendesk has said that these were written. True whoever has claimed the rows since, so they end whatever their claim is; who works on
 * them now finds nothing left to settle. Gives back how many had not ended yet.
 */
export async function finishWritten(tx: Queryable, rows: readonly { id: number }[]): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  const { rowCount } = await tx
    .update(outbox)
    .set({ ...ENDED, state: 'done', lastError: null, finishedAt: sql`now()` })
    .where(and(inArray(outbox.id, ids), inArray(outbox.state, ['waiting', 'in_flight', 'parked'])));
  return rowCount ?? 0;
}

export interface Postponement {
  ms: number;
  reason: string;
  /** True: the effect itself failed. False: it was not to blame (busy, no budget, login refused, an outage). */
  counts: boolean;
  /** Failures after which the effect is parked. */
  attempts: number;
  /** True: goes by itself from now on, not in a bulk job. Default: when it counts. */
  alone?: boolean;
}

/** How many rows wait again, and how many were parked instead; rows that were not ours any more are in neither. */
export interface Postponed {
  postponed: number;
  parked: number;
}

/** Certainly not written: waits again. */
export async function postponeRows(tx: Queryable, claims: readonly Claim[], how: Postponement): Promise<Postponed> {
  return settleAgain(tx, claims, how, 'waiting');
}

/**
 * Perhaps written: stays in flight, and whoever claims it after `ms` looks the ticket's audits up first. The doubt stands also where
 * somebody else has claimed a row since and found that it was not written by them.
 */
export async function keepInDoubt(tx: Queryable, claims: readonly Claim[], how: Postponement): Promise<Postponed> {
  const settled = await settleAgain(tx, claims, how, 'in_flight');
  if (settled.postponed + settled.parked < claims.length) {
    const ids = claims.map(({ id }) => id);
    await tx
      .update(outbox)
      .set({ state: 'in_flight', claimedUntil: sql`${outbox.dueAt}` })
      .where(and(inArray(outbox.id, ids), eq(outbox.state, 'waiting')));
  }
  return settled;
}

async function settleAgain(
  tx: Queryable,
  claims: readonly Claim[],
  how: Postponement,
  state: 'waiting' | 'in_flight',
): Promise<Postponed> {
  if (claims.length === 0) return { postponed: 0, parked: 0 };
  const alone = how.alone ?? (how.counts || state === 'in_flight');
  const settled = await tx
    .update(outbox)
    .set({
      state: how.counts ? parkedAfter(how.attempts, state) : state,
      ...(how.counts ? { attempts: sql`${outbox.attempts} + 1` } : {}),
      ...(alone ? { alone } : {}),
      unfinished: 0,
      dueAt: inMs(how.ms),
      claimedUntil: state === 'in_flight' ? inMs(how.ms) : null,
      zendeskJobId: null,
      lastError: how.reason,
    })
    .where(stillOurs(claims))
    .returning({ state: outbox.state });
  return countParked(settled);
}

/** Counts a failure of rows that were postponed without one. */
export async function countFailure(tx: Queryable, claims: readonly Claim[], attempts: number): Promise<Postponed> {
  if (claims.length === 0) return { postponed: 0, parked: 0 };
  const settled = await tx
    .update(outbox)
    .set({ state: parkedAfter(attempts, 'waiting'), attempts: sql`${outbox.attempts} + 1` })
    .where(stillOurs(claims, 'waiting'))
    .returning({ state: outbox.state });
  return countParked(settled);
}

/** Lets rows that we postponed, and nobody has claimed since, be taken at once. */
export async function hastenRows(tx: Queryable, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await tx.update(outbox).set({ dueAt: sql`now()` }).where(stillOurs(claims, 'waiting'));
}

const parkedAfter = (attempts: number, state: 'waiting' | 'in_flight'): SQL =>
  sql`CASE WHEN ${outbox.attempts} + 1 >= ${attempts} THEN 'parked' ELSE ${state} END`;

function countParked(settled: readonly { state: string }[]): Postponed {
  const parked = settled.filter((row) => row.state === 'parked').length;
  return { postponed: settled.length - parked, parked };
}
