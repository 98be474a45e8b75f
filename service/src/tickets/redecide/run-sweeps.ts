// The job that plans sweeps, runs them and undoes them.
import { setTimeout as pause } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { inParallel } from '../../platform/do-each.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { changeTicket, releaseTicketChanges, restoreTicket } from './change-ticket.ts';
import { planAnew, planNextTickets } from './plan-tickets.ts';
import { countWaiting, pauseSweep, planSweep } from './sweeps.ts';
import { type SweepRow, sweeps, sweepTickets } from './tables.ts';

export const runSweepsJob = defineJob({
  name: 'run-sweeps',
  payload: NOTHING,
  schedule: { everyMs: 5_000, payload: {} },
  // Processes would only wait for each other's tickets.
  globalConcurrency: 1,
});

export interface SweepRunnerDeps extends PipelineDeps {
  /** Called when changes were recorded. */
  onEffect: () => Promise<unknown>;
  signal: AbortSignal;
}

/** Then it gives way to other jobs, and is run again. */
const LONGEST_MS = 20_000;
/** Changes that may wait to be written: three bulk jobs. New tickets do not wait behind more than these, and a pause is quick. */
const MOST_WAITING = 300;
const AT_ONCE = 100;
/** Each uses one connection; events, which people wait for, have more. */
const IN_PARALLEL = 2;
const LOOK_AGAIN_MS = 250;

/** Returns the job's work: one step after the other of every sweep that has something to do. */
export function createSweepRunner(deps: SweepRunnerDeps): () => Promise<void> {
  const { db, signal } = deps;
  return async () => {
    await countAfterReload(deps);
    const endAt = performance.now() + LONGEST_MS;
    while (!signal.aborted && performance.now() < endAt) {
      const open = await db
        .select()
        .from(sweeps)
        .where(and(inArray(sweeps.state, ['planning', 'running', 'undoing']), eq(sweeps.paused, false)))
        .orderBy(asc(sweeps.id));
      if (open.length === 0) return;
      let didSome = false;
      for (const sweep of open) if (await doStep(deps, sweep)) didSome = true;
      if (!didSome) await pause(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  };
}

/** False: it waits for what is being written. */
async function doStep(deps: SweepRunnerDeps, sweep: SweepRow): Promise<boolean> {
  switch (sweep.state) {
    case 'planning':
      return plan(deps, sweep);
    case 'running':
      return run(deps, sweep);
    default:
      return undo(deps, sweep);
  }
}

async function plan(deps: SweepRunnerDeps, sweep: SweepRow): Promise<boolean> {
  if (sweep.policyHash !== null && sweep.policyHash !== deps.policy.current().hash) {
    await planAnew(deps, sweep);
    return true;
  }
  if ((await planNextTickets(deps, sweep)) || sweep.origin === 'operator') return true;
  const changes = await deps.db.$count(sweepTickets, eq(sweepTickets.sweepId, sweep.id));
  deps.logger.info(
    { tickets: changes },
    changes === 0
      ? 'The changed policy decides no open ticket differently'
      : `The changed policy would decide ${changes} open tickets differently. They are decided again at their next event; to do it now: deskwright sweep`,
  );
  return true;
}

async function run(deps: SweepRunnerDeps, sweep: SweepRow): Promise<boolean> {
  const { db } = deps;
  if (sweep.policyHash !== deps.policy.current().hash) {
    await pauseSweep(db, sweep.id, true, 'the policy has changed since it was planned');
    return true;
  }
  if ((await countWaiting(db, sweep.id)) >= MOST_WAITING) return false;
  const next = await nextTickets(deps, sweep, 'planned');
  if (next.length === 0) {
    if ((await countWaiting(db, sweep.id)) > 0) return false;
    await finish(deps, sweep, 'done');
    return true;
  }
  await inBatch(deps, async (hold) =>
    inParallel(
      next,
      IN_PARALLEL,
      async (ticketId) => hold(await changeTicket(deps, { sweepId: sweep.id, ticketId })),
      deps.signal,
    ),
  );
  await deps.onEffect();
  return true;
}

async function undo(deps: SweepRunnerDeps, sweep: SweepRow): Promise<boolean> {
  const { db } = deps;
  if ((await countWaiting(db, sweep.id)) >= MOST_WAITING) return false;
  // What was not changed yet stays as it is.
  await db
    .update(sweepTickets)
    .set({ state: 'left' })
    .where(and(eq(sweepTickets.sweepId, sweep.id), eq(sweepTickets.state, 'planned')));
  let after = 0;
  let restored = 0;
  await inBatch(deps, async (hold) => {
    for (;;) {
      const next = await nextTickets(deps, sweep, 'changed', after);
      const last = next.at(-1);
      if (last === undefined) return;
      after = last;
      await inParallel(
        next,
        IN_PARALLEL,
        async (ticketId) => {
          const change = await restoreTicket(deps, { sweepId: sweep.id, ticketId });
          if (change === 'later') return;
          restored += 1;
          hold(change.key);
        },
        deps.signal,
      );
      if (restored > 0 || deps.signal.aborted) return;
    }
  });
  if (restored > 0) await deps.onEffect();
  else if (after === 0) {
    if ((await countWaiting(db, sweep.id)) > 0) return false;
    await finish(deps, sweep, 'undone');
    return true;
  }
  return restored > 0;
}

/**
 * Releases the held changes of many tickets together, so that one call writes a hundred: each would else be written as soon as it is recorded, with the
 * few that happen to be there.
 */
async function inBatch(
  { db }: SweepRunnerDeps,
  work: (hold: (key: string | null) => void) => Promise<unknown>,
): Promise<void> {
  const held: string[] = [];
  try {
    await work((key) => {
      if (key !== null) held.push(key);
    });
  } finally {
    await releaseTicketChanges(db, held);
  }
}

async function nextTickets(
  { db }: SweepRunnerDeps,
  { id }: SweepRow,
  state: 'planned' | 'changed',
  after = 0,
): Promise<number[]> {
  const rows = await db
    .select({ ticketId: sweepTickets.ticketId })
    .from(sweepTickets)
    .where(and(eq(sweepTickets.sweepId, id), eq(sweepTickets.state, state), gt(sweepTickets.ticketId, after)))
    .orderBy(asc(sweepTickets.ticketId))
    .limit(AT_ONCE);
  return rows.map(({ ticketId }) => ticketId);
}

async function finish({ db }: SweepRunnerDeps, { id, state }: SweepRow, to: 'done' | 'undone'): Promise<void> {
  await db
    .update(sweeps)
    .set({ state: to, finishedAt: sql`now()` })
    .where(and(eq(sweeps.id, id), eq(sweeps.state, state)));
}

const KEY = 'sweep_counted_for';

/** When a changed policy is in force, finds out how many open tickets it would decide differently. */
async function countAfterReload({ db, policy }: SweepRunnerDeps): Promise<void> {
  const { hash } = policy.current();
  const [stored] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  if (stored?.value === hash) return;
  await db.transaction(async (tx) => {
    const saved = await tx
      .insert(settings)
      .values({ key: KEY, value: hash })
      .onConflictDoUpdate({
        target: settings.key,
        set: { value: hash },
        setWhere: sql`${settings.value} <> ${JSON.stringify(hash)}::jsonb`,
      })
      .returning({ key: settings.key });
    if (saved.length === 0) return;
    await tx.delete(sweeps).where(eq(sweeps.origin, 'reload'));
    // The first policy has nothing to differ from.
    if (stored) await planSweep(tx, { origin: 'reload', who: 'deskwright', why: null, filter: {} });
  });
}
