// Performs the due entries of the outbox, for all given kinds of effect.
import { setTimeout as sleep } from 'node:timers/promises';
import { aboutError } from '../errors/about-error.ts';
import { isTemporary } from '../errors/external-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database } from '../storage/database.ts';
import { type Claimed, rememberInterrupted, takeBackInterrupted } from './claim.ts';
import { nextDueMs } from './due.ts';
import type { EffectKind } from './effect-kind.ts';
import { createWork, type Summary } from './work.ts';

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

export interface Outbox {
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

/** Throws when two kinds have the same name: entries of one would be read as the other's. */
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
        one.status === 'fulfilled' ? one.value : { ...NOTHING, againInMs: AGAIN_AFTER_FAILURE_MS },
      );
      return summaries.reduce(add, NOTHING);
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
  const lookAndPerform = async () => {
    const claimed: Claimed<unknown>[] = [];
    await takeBackInterrupted(db);
    try {
      const waitMs = await kind.round((definition) =>
        createWork({ db, logger, limits, summary, random, signal, claimed }, definition),
      );
      return { waitMs, dueMs: await nextDueMs(db, kind.name) };
    } catch (error) {
      if (isTemporary(error)) rememberInterrupted(claimed);
      throw error;
    }
  };
  for (;;) {
    const { waitMs, dueMs } = await lookAndPerform();
    const againInMs = dueMs === null ? null : Math.max(dueMs, waitMs);
    const restMs = endsAt - performance.now();
    if (againInMs === null || signal?.aborted || againInMs > Math.min(restMs, SHORT_WAIT_MS) || restMs <= 0)
      return { ...summary, againInMs };
    await sleep(Math.min(LOOK_MS, Math.max(10, againInMs)));
  }
}

const NOTHING: RunSummary = { done: 0, cancelled: 0, deadLettered: 0, postponed: 0, writes: 0, againInMs: null };

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
