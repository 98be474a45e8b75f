// Defines the job queue. A job only says that there is work; the work itself is in rows.

import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Job, JobDefinition } from './define-job.ts';

export interface EnqueueOptions {
  /** Overrides the id from the job's definition. */
  dedupeId?: string;
  /** Runs after at least this many milliseconds. A delayed job does not prevent an immediate one from being added. */
  delayMs?: number;
}

interface JobCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** Rejects within seconds when the queue cannot be reached. A duplicate of a waiting job is not added (see `JobDefinition`). */
export type Enqueue = <Payload>(
  job: JobDefinition<Payload>,
  payload: Payload,
  options?: EnqueueOptions,
) => Promise<void>;

/** Nothing is lost if a job cannot be enqueued: callers log it and continue, and the sweep enqueues it later. */
export interface JobQueue {
  enqueue: Enqueue;
  /** Adds several jobs of one name in one call. */
  enqueueMany: <Payload>(job: JobDefinition<Payload>, payloads: readonly Payload[]) => Promise<void>;
  /**
   * Starts running these jobs; others are left to other processes. Resolves when all workers listen, which it retries
   * while the queue is unavailable. When `signal` is aborted, no new job is started; call `stop` to wait for running ones.
   */
  startWorkers: (jobs: readonly Job[], options: { signal: AbortSignal }) => Promise<void>;
  /** Declares recurring jobs and shared limits. Idempotent; needed again after Redis was emptied. */
  declare: () => Promise<void>;
  /** Waits at most `graceMs` for running jobs, then closes all connections. Unfinished jobs are run again by another process. */
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

/** Never rejects: a job that cannot be enqueued now is enqueued later by its schedule or the sweep. */
export function createEnqueue(queue: () => Pick<JobQueue, 'enqueue'>, logger: Pick<Logger, 'warn'>): Enqueue {
  return async (job, payload, options) => {
    try {
      await queue().enqueue(job, payload, options);
    } catch (error) {
      logger.warn({ job: job.name, ...aboutError(error) }, 'Could not enqueue a job; its schedule will');
    }
  };
}
