// Records the outcome of claimed entries. Every function needs a `Claimed` entry.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { DEAD_LETTERED } from '../storage/tables.ts';
import { type Claimed, claimTable } from './claim.ts';
import { outbox } from './tables.ts';

type Claims = readonly Claimed<unknown>[];

const idsOf = (claims: Claims): number[] => claims.map(({ id }) => id);
const inMs = (ms: number) => sql`now() + ${ms}::float8 * interval '1 millisecond'`;

/**
 * Entries whose latest claim is still this one. One whose lease has expired stays ours until another process claims it; after that,
 * our late update finds no row and cannot undo what the other has done.
 */
const stillOurs = (claims: Claims, state: 'in_flight' | 'waiting' = 'in_flight'): SQL =>
  sql`${inArray(
    outbox.id,
    idsOf(claims),
  )} AND (${outbox.id}, ${outbox.claims}) IN (SELECT c.id, c.claim FROM ${claimTable(claims)}) AND ${outbox.state} = ${state}`;

const ENDED = { claimedUntil: null, zendeskJobId: null, unfinished: 0 } as const;

/** Extends the leases by this many milliseconds, and returns the ids of entries that are still ours. */
export async function renewLeases(db: Queryable, claims: Claims, leaseMs: number): Promise<Set<number>> {
  if (claims.length === 0) return new Set();
  const { rows } = await db.execute<{ id: number }>(sql`
    UPDATE outbox o SET claimed_until = ${inMs(leaseMs)} FROM ${claimTable(claims)}
    WHERE o.id = c.id AND o.claims = c.claim AND o.state = 'in_flight' RETURNING o.id::float8 AS id`);
  return new Set(rows.map(({ id }) => id));
}

/** The same, just before they are performed: without those that a pause, or a narrower activation, no longer covers. */
export async function renewToPerform(
  db: Queryable,
  claims: Claims,
  { leaseMs, isCovered }: { leaseMs: number; isCovered: SQL },
): Promise<{ ours: Set<number>; uncovered: Set<number> }> {
  if (claims.length === 0) return { ours: new Set(), uncovered: new Set() };
  const { rows } = await db.execute<{ id: number; covered: boolean }>(sql`
    UPDATE outbox o SET claimed_until = CASE WHEN ${isCovered} THEN ${inMs(leaseMs)} ELSE o.claimed_until END
    FROM ${claimTable(claims)}, acting() a
    WHERE o.id = c.id AND o.claims = c.claim AND o.state = 'in_flight' RETURNING o.id::float8 AS id, ${isCovered} AS covered`);
  const idsWhere = (covered: boolean) => new Set(rows.flatMap((row) => (row.covered === covered ? row.id : [])));
  return { ours: idsWhere(true), uncovered: idsWhere(false) };
}

/**
 * Ends entries. `reason` says why they were dead-lettered or cancelled, without customers' words. Returns how many were still
 * ours.
 */
export async function finish(
  tx: Queryable,
  claims: Claims,
  state: 'done' | 'dead_lettered' | 'cancelled',
  reason: string | null = null,
): Promise<number> {
  if (claims.length === 0) return 0;
  const dead = state === 'dead_lettered';
  const { rowCount } = await tx
    .update(outbox)
    .set({
      ...ENDED,
      state: dead ? DEAD_LETTERED : state,
      lastError: reason,
      finishedAt: dead ? null : sql`now()`,
    })
    .where(stillOurs(claims));
  return rowCount ?? 0;
}

/**
 * The external system confirmed that these were performed. That is true whoever has claimed the entries since, so they end whatever their claim is; a process working
 * on them now finds nothing left to settle. Returns how many had not ended yet.
 */
export async function finishPerformed(tx: Queryable, claims: Claims): Promise<number> {
  if (claims.length === 0) return 0;
  const { rowCount } = await tx
    .update(outbox)
    .set({ ...ENDED, state: 'done', lastError: null, finishedAt: sql`now()` })
    .where(and(inArray(outbox.id, idsOf(claims)), inArray(outbox.state, ['waiting', 'in_flight', DEAD_LETTERED])));
  return rowCount ?? 0;
}

export interface Postponement {
  ms: number;
  reason: string;
  /** True: the effect itself failed. False: the cause lies elsewhere (busy, no budget, login refused, an outage). */
  counts: boolean;
  /** Failures after which the entry is dead-lettered. */
  attempts: number;
  /** True: from now on performed alone, not together with others. Default: if it counts. */
  alone?: boolean;
}

/** How many entries wait again, and how many were dead-lettered instead; entries that were no longer ours are in neither. */
export interface Postponed {
  postponed: number;
  deadLettered: number;
}

/** Certainly not performed: wait again. */
export async function postpone(tx: Queryable, claims: Claims, how: Postponement): Promise<Postponed> {
  return reschedule(tx, claims, how, 'waiting');
}

/**
 * Perhaps performed: they stay in flight, and the next claim after `ms` marks them as in doubt. That also applies if another process has
 * claimed an entry since and did not perform it.
 */
export async function keepInDoubt(tx: Queryable, claims: Claims, how: Postponement): Promise<Postponed> {
  const settled = await reschedule(tx, claims, how, 'in_flight');
  if (settled.postponed + settled.deadLettered < claims.length)
    await tx
      .update(outbox)
      .set({ state: 'in_flight', claimedUntil: sql`${outbox.dueAt}` })
      .where(and(inArray(outbox.id, idsOf(claims)), eq(outbox.state, 'waiting')));
  return settled;
}

/** Ends claims that a pause came before; each is again what it was before the claim. */
export async function releasePaused(tx: Queryable, claims: Claims): Promise<void> {
  const how = { ms: 0, reason: 'Deskwright was paused', counts: false, alone: false, attempts: 0 };
  const [inDoubt, others] = [claims.filter((claim) => claim.inDoubt), claims.filter((claim) => !claim.inDoubt)];
  await keepInDoubt(tx, inDoubt, how);
  await postpone(tx, others, how);
}

async function reschedule(
  tx: Queryable,
  claims: Claims,
  how: Postponement,
  state: 'waiting' | 'in_flight',
): Promise<Postponed> {
  if (claims.length === 0) return { postponed: 0, deadLettered: 0 };
  const alone = how.alone ?? (how.counts || state === 'in_flight');
  const settled = await tx
    .update(outbox)
    .set({
      state: how.counts ? deadAfter(how.attempts, state) : state,
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
  return countDead(settled);
}

/** Counts a failure for entries that were postponed without one. */
export async function countFailure(tx: Queryable, claims: Claims, attempts: number): Promise<Postponed> {
  if (claims.length === 0) return { postponed: 0, deadLettered: 0 };
  const settled = await tx
    .update(outbox)
    .set({ state: deadAfter(attempts, 'waiting'), attempts: sql`${outbox.attempts} + 1` })
    .where(stillOurs(claims, 'waiting'))
    .returning({ state: outbox.state });
  return countDead(settled);
}

/** Makes entries that we postponed, and nobody has claimed since, due at once. */
export async function makeDueNow(tx: Queryable, claims: Claims): Promise<void> {
  if (claims.length === 0) return;
  await tx.update(outbox).set({ dueAt: sql`now()` }).where(stillOurs(claims, 'waiting'));
}

/**
 * An external job has accepted the entries. From now on any process that finds it due checks it, in case this process dies. `patch` is merged into
 * each entry's payload.
 */
export async function handToJob<Payload extends object>(
  tx: Queryable,
  handed: readonly { claim: Claimed<Payload>; patch: Partial<Payload> }[],
  { jobId, checkInMs }: { jobId: string; checkInMs: number },
): Promise<void> {
  const rows = handed.map(({ claim: { id, claim }, patch }) => ({ id, claim, patch }));
  await tx.execute(sql`
    UPDATE outbox o SET zendesk_job_id = ${jobId}, due_at = now(), claimed_until = ${inMs(checkInMs)}, payload = o.payload || h.patch
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS h(id bigint, claim int, patch jsonb)
    WHERE o.id = h.id AND o.claims = h.claim AND o.state = 'in_flight'`);
}

const deadAfter = (attempts: number, state: 'waiting' | 'in_flight'): SQL =>
  sql`CASE WHEN ${outbox.attempts} + 1 >= ${attempts} THEN ${DEAD_LETTERED} ELSE ${state} END`;

function countDead(settled: readonly { state: string }[]): Postponed {
  const deadLettered = settled.filter(({ state }) => state === DEAD_LETTERED).length;
  return { postponed: settled.length - deadLettered, deadLettered };
}
