// The outbox: a feature whose job performs the due entries of all kinds of effect.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SQL } from 'drizzle-orm';
import { aboutError } from '../errors/about-error.ts';
import { isTemporary } from '../errors/external-error.ts';
import type { Feature } from '../feature.ts';
import { defineJob, type Enqueue, job, NOTHING } from '../jobs/job-queue.ts';
import type { Logger } from '../logging/logger.ts';
import { type Metrics, STATE_LABEL } from '../metrics/create-metrics.ts';
import type { Database } from '../storage/database.ts';
import { daysBefore } from '../storage/delete-old-rows.ts';
import { DEAD_LETTERED } from '../storage/tables.ts';
import { holdUncovered, releaseCoveredOf } from './activation.ts';
import { type Claimed, rememberInterrupted, takeBackInterrupted } from './claim.ts';
import { readNextWork } from './due.ts';
import { deleteEnded } from './entries.ts';
import { createWork, type EffectKind, type Summary } from './work.ts';

/** @internal */
export interface OutboxDeps {
  db: Database;
  kinds: readonly EffectKind[];
  logger: Logger;
  /** From 0 to 1, for jitter. Default `Math.random`. */
  random?: () => number;
  /** Aborted when the process stops: work ends between two calls. */
  signal?: AbortSignal;
}

/** @internal */
export interface RunSummary extends Summary {
  /** Milliseconds until something may be due; null: nothing is waiting. */
  againInMs: number | null;
}

interface Outbox {
  readonly kinds: readonly EffectKind[];
  /**
   * Performs what is due, until nothing is or each kind's `limits.workMs` has passed. Any number of processes may run it at once. Throws what stopped
   * it when no kind could be performed; one that fails beside others is logged and tried again.
   */
  perform: () => Promise<RunSummary>;
}

/** Waits up to this long are waited out; a longer one ends the run, and `againInMs` says when to run again. */
const SHORT_WAIT_MS = 1_500;
/** When a kind is tried again that failed as a whole. */
const AGAIN_AFTER_FAILURE_MS = 5_000;
/** While waiting, new entries are looked for this often. */
const LOOK_MS = 200;

/**
 * Throws when two kinds have the same name: entries of one would be read as the other's.
 * @internal
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { kinds } = deps;
  const names = kinds.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`Two kinds of effect are named "${twice}"; each needs its own name.`);
  return {
    kinds,
    perform: async () => {
      const ended = await Promise.allSettled(kinds.map((kind) => performKind(deps, kind)));
      const failed = ended.flatMap((one, index) =>
        one.status === 'rejected' ? { kind: kinds[index]?.name, reason: one.reason as unknown } : [],
      );
      if (failed[0] && failed.length === kinds.length) throw failed[0].reason;
      for (const { kind, reason } of failed)
        deps.logger.warn({ kind, ...aboutError(reason) }, 'A kind of effect could not be performed; the others were');
      const summaries = ended.map((one) =>
        one.status === 'fulfilled' ? one.value : { ...NOTHING_DONE, againInMs: AGAIN_AFTER_FAILURE_MS },
      );
      return summaries.reduce(add, NOTHING_DONE);
    },
  };
}

async function performKind(
  { db, logger, random = Math.random, signal }: OutboxDeps,
  kind: EffectKind,
): Promise<RunSummary> {
  const { limits } = kind;
  const summary: Summary = { done: 0, cancelled: 0, deadLettered: 0, postponed: 0, writes: 0 };
  const endsAt = performance.now() + limits.workMs;
  /** Returns how many milliseconds to wait although something is due. */
  const performRound = async (): Promise<number> => {
    const claimed: Claimed<unknown>[] = [];
    await takeBackInterrupted(db);
    try {
      return await kind.round((definition) =>
        createWork({ db, logger, limits, summary, random, signal, claimed }, definition),
      );
    } catch (error) {
      if (isTemporary(error)) rememberInterrupted(claimed);
      throw error;
    }
  };
  await releaseCoveredOf(db, kind);
  let next = await readNextWork(db, kind);
  for (;;) {
    const { mode, scope } = next;
    if (mode === 'observe' || scope !== 'all') await holdUncovered(db, kind);
    let waitMs = await performRound();
    next = await readNextWork(db, kind);
    // What an external system has accepted already is followed to its end, with the job's schedule.
    if (mode === 'observe') return { ...summary, againInMs: null };
    do {
      const againInMs = next.dueMs === null ? null : Math.max(next.dueMs, waitMs);
      const restMs = endsAt - performance.now();
      if (againInMs === null || signal?.aborted || againInMs > Math.min(restMs, SHORT_WAIT_MS) || restMs <= 0)
        return { ...summary, againInMs };
      await sleep(Math.min(LOOK_MS, Math.max(10, againInMs)));
      waitMs = 0;
      next = await readNextWork(db, kind);
    } while (next.dueMs !== 0 && next.mode === mode && next.scope === scope);
  }
}

const NOTHING_DONE: RunSummary = { done: 0, cancelled: 0, deadLettered: 0, postponed: 0, writes: 0, againInMs: null };

function add(a: RunSummary, b: RunSummary): RunSummary {
  return {
    done: a.done + b.done,
    cancelled: a.cancelled + b.cancelled,
    deadLettered: a.deadLettered + b.deadLettered,
    postponed: a.postponed + b.postponed,
    writes: a.writes + b.writes,
    againInMs:
      a.againInMs === null || b.againInMs === null ? (a.againInMs ?? b.againInMs) : Math.min(a.againInMs, b.againInMs),
  };
}

/** Performs the due entries of the outbox, as far as the rate limits of their kinds allow. */
export const performEffectsJob = defineJob({
  name: 'perform-effects',
  payload: NOTHING,
  globalConcurrency: null,
  schedule: { everyMs: 15_000, payload: {} },
});

interface OutboxFeatureDeps extends OutboxDeps {
  db: Database;
  metrics: Metrics;
  enqueue: Enqueue;
  /** How long ended effects are kept, such as `30d`: to explain a ticket, and to recognise an effect that is recorded twice. */
  keepEffects?: () => string;
  /** A condition on `outbox`: an entry that was only observed is deleted after that time. Default: all are. */
  mayDelete?: SQL;
}

export function outboxFeature(deps: OutboxFeatureDeps): Feature {
  const { db, kinds, metrics, enqueue, keepEffects = () => '30d', mayDelete } = deps;
  const outbox = createOutbox(deps);
  const keptKinds = kinds.filter(({ mustEnd }) => mustEnd).map(({ name }) => name);
  metrics.counted('deskwright_outbox_effects', 'Effects, by kind and state.', {
    table: 'outbox',
    labels: { kind: 'kind', state: STATE_LABEL },
    exact: ["state IN ('waiting', 'in_flight')", `state = '${DEAD_LETTERED}'`, "state = 'observed'"],
  });
  metrics.stored(
    'deskwright_acting',
    '1 when Deskwright writes to Zendesk, everywhere or on some tickets; 0 when it only watches.',
    "SELECT (mode = 'act')::int AS n FROM acting()",
  );
  metrics.stored(
    'deskwright_acting_since_timestamp_seconds',
    'Since when it acts or only watches as it does now; 0: from the beginning.',
    "SELECT coalesce(extract(epoch FROM greatest(since, (SELECT changed_at FROM settings WHERE key = 'policy_mode'))), 0) AS n FROM acting()",
  );
  const isDue = async (): Promise<boolean> => {
    const next = await Promise.all(kinds.map((kind) => readNextWork(db, kind)));
    return next.some(({ dueMs, mode }) => mode === 'act' && dueMs === 0);
  };
  return {
    name: 'outbox',
    jobs: [
      job(performEffectsJob, async () => {
        const { againInMs } = await outbox.perform();
        if (againInMs === null) return;
        // A job with a long delay would prevent an earlier one from being enqueued.
        await enqueue(performEffectsJob, {}, { delayMs: Math.min(Math.max(againInMs, 100), 5_000) });
      }),
    ],
    sweep: async (queue) => {
      if (await isDue()) await queue.enqueue(performEffectsJob, {});
    },
    tables: {
      outbox: { keptFor: 'effects' },
      activations: { staysBecause: 'who let Deskwright act, and why' },
      write_budget: { staysBecause: 'a row for each budget' },
    },
    retention: [(now) => deleteEnded(db, daysBefore(now, keepEffects()), mayDelete, keptKinds)],
  };
}
