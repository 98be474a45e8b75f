// The queue: it says that there is work; the work itself is rows.

import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Job, JobDefinition } from './define-job.ts';

export interface EnqueueOptions {
  /** In place of the id that the job's definition gives. */
  dedupeId?: string;
  /** Run it no sooner than in so many milliseconds. A delayed job does not keep an immediate one from being added. */
  delayMs?: number;
}

interface JobCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** Rejects within seconds when the queue cannot be reached. A job like a live one is not added (see `JobDefinition`). */
export type Enqueue = <Payload>(
  job: JobDefinition<Payload>,
  payload: Payload,
  options?: EnqueueOptions,
) => Promise<void>;

/** A job that could not be enqueued loses nothing: callers log it and go on, and the sweep makes up for it. */
export interface JobQueue {
  enqueue: Enqueue;
  /** Several jobs of one name in one call. */
  enqueueMany: <Payload>(job: JobDefinition<Payload>, payloads: readonly Payload[]) => Promise<void>;
  /**
   * Starts to work off jobs; those that are not given are left to other processes. Resolves when all workers listen, which it tries for
   * ever while the queue is away. When `signal` is aborted, no new job is taken up; call `stop` to wait for those in hand.
   */
  startWorkers: (jobs: readonly Job[], options: { signal: AbortSignal }) => Promise<void>;
  /** Declares recurring jobs and shared limits. Harmless to repeat; needed again after Redis was emptied. */
  declare: () => Promise<void>;
  /** Waits at most `graceMs` for the jobs in hand, then lets go of all connections. Unfinished jobs are taken up elsewhere. */
  stop: (options: { graceMs: number }) => Promise<void>;
  isHealthy: () => Promise<boolean>;
  /** By name. */
  counts: () => Promise<Record<string, JobCounts>>;
}

export interface QueueAddress {
  /** Used when `redisUrl` is null. */
  databaseUrl: string;
  redisUrl: string | null;
}

/** Never rejects: a job that cannot be enqueued now is made up for by the schedules and the sweep. */
export function createEnqueue(queue: () => Pick<JobQueue, 'enqueue'>, logger: Pick<Logger, 'warn'>): Enqueue {
  return async (job, payload, options) => {
    try {
      await queue().enqueue(job, payload, options);
    } catch (error) {
      logger.warn({ job: job.name, ...aboutError(error) }, 'Could not enqueue a job; its schedule will');
    }
  };
}
