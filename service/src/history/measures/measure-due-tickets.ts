// Keeps the figures up to date: measures what is due, follows the policy, and continues a rebuild.
import { createHash } from 'node:crypto';
import { asc, inArray } from 'drizzle-orm';
import type { KnownSince } from '../../figures/measure.ts';
import { measureTicket } from '../../figures/measure-ticket.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Metrics } from '../../platform/metrics/create-metrics.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { stepsOf } from '../../policy/guidance/guidance.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { measuresDue } from '../tables.ts';
import { type FiguresState, readFiguresState, saveFiguresState } from './figures-state.ts';
import { noteMeasured, readCountedSince } from './known-since.ts';
import { lockMeasures, type MeasureDeps, measureBatch } from './measure-batch.ts';
import { continueRebuild, newRebuild, newSums } from './rebuild-figures.ts';
import { sumAgain } from './sum-again.ts';

export interface MeasurerDeps {
  db: Database;
  policy: { current: () => Pick<PolicyWithGuidance, 'policy' | 'guidance'> };
  /** Zendesk's id of a group, by its name. Null: Zendesk has not answered since the start, and nothing is measured before. */
  groupIdOf: () => ((name: string) => number | null) | null;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'info' | 'error'>;
  /** Aborted: nothing new is started. */
  signal?: AbortSignal;
  /** Rows of `measures_due` in one transaction. */
  atOnce?: number;
}

/** A batch takes about half a second. */
const AT_ONCE = 500;
/** Then it gives way to other jobs, and is run again. */
const LONGEST_MS = 10_000;

/**
 * Returns the job's work. It measures all that is due, and then parts of a rebuild, if one runs. True: there is more to do. Several may run at once: they take turns.
 */
export function createMeasurer(deps: MeasurerDeps): () => Promise<boolean> {
  const { db, clock, signal } = deps;
  let followed: string | null = null;
  return async () => {
    const groupIdOf = deps.groupIdOf();
    if (groupIdOf === null) return false;
    const inForce = deps.policy.current();
    const digest = digestOf(inForce);
    if (followed !== digest) {
      await followPolicy(deps, inForce.policy.time_zone, digest);
      followed = digest;
    }
    const measureAll = async (tx: Queryable, ids: readonly number[], state: FiguresState): Promise<void> =>
      measureBatch(tx, ids, {
        ...measuringBy(inForce, groupIdOf, await readCountedSince(tx)),
        timeZone: state.timeZone,
        knownSince: new Date(state.knownSince),
        keptSince: state.keptSince === undefined ? null : new Date(state.keptSince),
        now: new Date(clock()),
        logger: deps.logger,
      });
    const endAt = performance.now() + LONGEST_MS;
    for (;;) {
      if (signal?.aborted) return false;
      if (performance.now() > endAt) return true;
      const didSome = (await measureDue(deps, measureAll)) || (await continueRebuild(db, measureAll));
      if (didSome) continue;
      await noteMeasured(db);
      return false;
    }
  };
}

/** If figures depend on what changed, all are computed again; days of another time zone are cut at once, so that no sum mixes both. */
async function followPolicy({ db, clock, logger }: MeasurerDeps, timeZone: string, digest: string): Promise<void> {
  const now = new Date(clock());
  await db.transaction(async (tx) => {
    await lockMeasures(tx);
    const state = await readFiguresState(tx);
    if (state === null)
      return saveFiguresState(tx, {
        timeZone,
        digest,
        knownSince: now.toISOString(),
        hasCombined: true,
        rebuild: null,
      });
    if (state.digest === digest) {
      if (!state.hasCombined && state.rebuild === null)
        await saveFiguresState(tx, { ...state, rebuild: await newSums(tx, now) });
      return;
    }
    if (state.timeZone !== timeZone) await sumAgain(tx, timeZone);
    await saveFiguresState(tx, { ...state, timeZone, digest, rebuild: await newRebuild(tx, 'policy', now) });
    logger.info(
      { digest },
      'The policy changed what figures are computed by; all are computed again in the background',
    );
  });
}

type MeasureAll = (tx: Queryable, ids: readonly number[], state: FiguresState) => Promise<void>;

/** Whether anything was due. */
async function measureDue(deps: MeasurerDeps, measureAll: MeasureAll): Promise<boolean> {
  const due = await deps.db
    .select({ id: measuresDue.id, ticketId: measuresDue.ticketId })
    .from(measuresDue)
    .orderBy(asc(measuresDue.id))
    .limit(deps.atOnce ?? AT_ONCE);
  if (due.length === 0) return false;
  await measureRows(deps, due, measureAll);
  return true;
}

type Due = Pick<typeof measuresDue.$inferSelect, 'id' | 'ticketId'>;

async function measureRows({ db }: MeasurerDeps, due: readonly Due[], measureAll: MeasureAll): Promise<void> {
  const ids = [...new Set(due.map(({ ticketId }) => ticketId))];
  const rows = due.map(({ id }) => id);
  await db.transaction(async (tx) => {
    await lockMeasures(tx);
    const state = await readFiguresState(tx);
    if (state === null) throw new Error('The figures have no time zone yet.');
    await measureAll(tx, ids, state);
    // What was recorded meanwhile has rows of its own, and stays due.
    await tx.delete(measuresDue).where(inArray(measuresDue.id, rows));
  });
}

/** Enqueued after each batch of events, and by the sweep. */
export const measureTicketsJob = defineJob({ name: 'measure-tickets', payload: NOTHING });

export function countUnmeasured(metrics: Metrics): void {
  metrics.stored(
    'deskwright_measures_due',
    'History rows whose tickets are not measured yet.',
    'SELECT count(*) AS n FROM measures_due',
  );
  metrics.stored(
    'deskwright_unmeasured_tickets',
    'Tickets whose history cannot be measured; `deskwright figures status` lists them.',
    'SELECT count(*) AS n FROM unmeasured_tickets',
  );
}

type Measured = Pick<PolicyWithGuidance, 'policy' | 'guidance'>;

/** @param groupIdOf Zendesk's id of a group, by its name; null: there is none */
function measuringBy(
  { policy, guidance }: Measured,
  groupIdOf: (name: string) => number | null,
  known: KnownSince | null,
): Pick<MeasureDeps, 'measure' | 'departmentGroups' | 'seenSince'> {
  const context = { policy, groupIdOf, known, steps: stepIds(guidance) };
  return {
    measure: ({ entries, zendesk }) => measureTicket(entries, zendesk, context),
    seenSince: known?.seen ?? null,
    departmentGroups: policy.departments.flatMap(({ group }) => groupIdOf(group) ?? []),
  };
}

/** Of everything that `measureTicket` reads: if it changes, all figures are computed again by the new policy, also those of the past. @internal */
export function digestOf({ policy, guidance }: Measured): string {
  const { time_zone, business_hours, targets, default_category, tiers, categories, departments } = policy;
  const measured = {
    time_zone,
    business_hours,
    default_category,
    targets: targets.map(({ tier, priority, channel, first_reply, next_reply }) => [
      tier,
      priority,
      channel,
      first_reply,
      next_reply,
    ]),
    tiers: tiers.map(({ id, group, escalates_to }) => [id, group, escalates_to]),
    guided: categories.filter((category) => category.guidance !== undefined).map(({ id }) => id),
    departments: departments.map(({ id, group, hours, answers_within }) => [id, group, hours, answers_within]),
    steps: [...stepIds(guidance)].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
  return createHash('sha256').update(JSON.stringify(measured)).digest('hex');
}

const stepIds = (guidance: Measured['guidance']): Map<string, readonly string[]> =>
  new Map([...guidance].map(([category, { blocks }]) => [category, stepsOf(blocks).map(({ id }) => id)]));
