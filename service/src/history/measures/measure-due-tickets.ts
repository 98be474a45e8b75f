// Keeps the figures up to date: measures what is due, follows the policy, and continues a rebuild.
import { asc, inArray } from 'drizzle-orm';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { measuresDue } from '../tables.ts';
import { type FiguresState, readFiguresState, saveFiguresState } from './figures-state.ts';
import { noteMeasured, readCountedSince } from './known-since.ts';
import { lockMeasures, measureBatch } from './measure-batch.ts';
import { digestOf, measuringBy } from './measure-context.ts';
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
