// Stores webhooks durably before they are acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError, isDataError } from '../../platform/errors/about-error.ts';
import { withTimeout } from '../../platform/errors/external-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';
import type { Delivery } from './read-delivery.ts';
import { type StoredBatch, storeBatch } from './store-batch.ts';

export interface InboxDeps {
  pool: Database['$client'];
  /** Enqueues jobs for committed batches. May fail: the sweep finds batches without a job. */
  announce: (batches: readonly number[]) => Promise<void>;
  /** Called once per committed batch. */
  onCommit?: (commit: { rows: number; duplicates: number; milliseconds: number }) => void;
  /** Monotonic milliseconds, for measuring only. */
  stopwatch: () => number;
  logger: Logger;
  limits?: Partial<InboxLimits>;
}

/** @internal */
export type InboxLimits = Omit<GroupCommitOptions<Delivery>, 'commit' | 'sizeOf'> & {
  /** A commit that takes longer is abandoned, and its senders are asked to retry. */
  commitTimeoutMs: number;
};

/** Zendesk disconnects after 12 s (webhook delivery rules): an abandoned commit and a second one must fit into that. */
const LIMITS: InboxLimits = {
  lingerMs: 2,
  maxGroup: 500,
  maxGroupBytes: 4_000_000,
  maxWaiting: 10_000,
  maxWaitingBytes: 64_000_000,
  commitTimeoutMs: 5_000,
};

/** Milliseconds between two calls to the queue. */
const ANNOUNCE_REST = 50;
/** Until a commit that was under way has probably ended. Milliseconds. */
const COMMIT_REST = 5;

export interface Inbox {
  /**
   * Resolves once the delivery is durable (or was already known). Rejects with `OverloadedError`, with
   * `UnstorableError` when PostgreSQL refuses this body, or with the database's error: then it may or may not be stored.
   */
  receive: (delivery: Delivery) => Promise<void>;
  isFull: () => boolean;
  waiting: () => number;
  /** Resolves when everything received is durable and enqueued. */
  drained: () => Promise<void>;
}

/** PostgreSQL can never store this body; retrying would not help. */
export class UnstorableError extends Error {
  override name = 'UnstorableError';
}

export function createInbox(deps: InboxDeps): Inbox {
  const limits = { ...LIMITS, ...deps.limits };
  /** Batches with rows that no job was made for, and how many commits into each are under way. */
  const unannounced = new Map<number, number>();
  /** What is committed until the next call to the queue goes into one batch, since each batch costs a job. Null: into a new one. */
  let open: number | null = null;
  let announcing: Promise<void> | null = null;
  let draining = false;

  async function commit(group: Delivery[]): Promise<void> {
    const started = deps.stopwatch();
    const { batch, stored } = await storeInto(open, group);
    deps.onCommit?.({
      rows: group.length,
      duplicates: group.length - stored,
      milliseconds: deps.stopwatch() - started,
    });
    if (stored === 0) return;
    if (!unannounced.has(batch)) unannounced.set(batch, 0);
    open ??= batch;
    announcing ??= announceAll();
  }

  /** A commit that was given up may still come through: the sweeper finds its rows. */
  async function storeInto(into: number | null, group: readonly Delivery[]): Promise<StoredBatch> {
    if (into !== null) count(into, 1);
    try {
      return await withTimeout(
        storeBatch(deps.pool, group, into),
        limits.commitTimeoutMs,
        'The database did not commit',
      );
    } finally {
      if (into !== null) count(into, -1);
    }
  }

  const count = (batch: number, by: number) => unannounced.set(batch, (unannounced.get(batch) ?? 0) + by);

  /**
   * Nobody waits for this: committed events are safe. One call at a time with a pause in between, because a call costs PostgreSQL about as
   * much as fifty rows; the first after an idle time is made at once.
   */
  async function announceAll(): Promise<void> {
    while (unannounced.size > 0) {
      open = null;
      // A job for the others might end before their commit does.
      const batches = [...unannounced].flatMap(([batch, underWay]) => (underWay === 0 ? batch : []));
      for (const batch of batches) unannounced.delete(batch);
      try {
        if (batches.length > 0) await deps.announce(batches);
      } catch (error) {
        deps.logger.warn(
          { batches: batches.length, ...aboutError(error) },
          'Events are stored but not enqueued; the sweep will find them',
        );
      }
      if (batches.length === 0) await pause(COMMIT_REST);
      else if (!draining) await pause(ANNOUNCE_REST);
    }
    announcing = null;
  }

  const group = createGroupCommit<Delivery>({ ...limits, commit, sizeOf: (delivery) => delivery.body.length });

  return {
    receive: (delivery) => group.add(delivery).catch((error: unknown) => alone(error, delivery)),
    isFull: group.isFull,
    waiting: group.waiting,
    drained: async () => {
      draining = true;
      await group.drained();
      await announcing;
      draining = false;
    },
  };

  /** One body that PostgreSQL cannot store must not affect the others of its group: each is stored by itself. */
  async function alone(error: unknown, delivery: Delivery): Promise<void> {
    if (!isDataError(error)) throw error;
    try {
      await commit([delivery]);
    } catch (again) {
      if (!isDataError(again)) throw again;
      throw new UnstorableError('PostgreSQL cannot store this body', { cause: again });
    }
  }
}
