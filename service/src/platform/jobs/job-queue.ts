// Defines jobs, and the queue that holds them.
import { z } from 'zod';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';

export interface JobDefinition<Payload> {
  readonly name: string;
  /** The job's payload; validated when the job is run, because another version may have enqueued it. */
  readonly payload: z.ZodType<Payload>;
  /** Jobs with the same id are not enqueued twice: see `whenLive`. */
  dedupeId(payload: Payload): string;
  /**
   * What happens to a second job with the same id. `skip`: it is dropped. `run_again`: it is dropped while the first waits;
   * while the first runs, it is run afterwards, because the first may have read its rows already.
   */
  readonly whenLive: 'skip' | 'run_again';
  /** Attempts in total. A job that fails for good loses nothing, because the work is in rows: the sweep enqueues a new job. */
  readonly attempts: number;
  /** Wait before the second attempt, doubled each time. Milliseconds. */
  readonly backoffMs: number;
  /** Failed jobs kept for inspection. Finished ones are not kept: their results are in rows. */
  readonly keepFailed: number;
  /** Concurrent jobs in one process. */
  readonly concurrency: number;
  /** Concurrent jobs in all processes together; null: no limit. */
  readonly globalConcurrency: number | null;
  /** Runs at this interval, with this payload. */
  readonly schedule: { readonly everyMs: number; readonly payload: Payload } | null;
}

/** @internal */
export interface JobContext {
  jobId: string;
  /** 1 for the first attempt. */
  attempt: number;
  /** Aborted when the service is stopping: finish running work and start nothing new. */
  signal: AbortSignal;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** A job and its handler, for code that handles all jobs. */
export interface Job {
  readonly definition: JobDefinition<unknown>;
  /** `payload` is the schema's output. */
  readonly run: (payload: unknown, context: JobContext) => Promise<void>;
}

const SECOND = 1_000;

const USUAL = {
  whenLive: 'run_again',
  attempts: 3,
  backoffMs: 5 * SECOND,
  keepFailed: 20,
  concurrency: 1,
  globalConcurrency: 1,
  schedule: null,
} as const;

/** A job that runs in one process at a time, has three attempts and uses its name as id, unless `rules` say otherwise. */
export function defineJob<Payload>(
  rules: Pick<JobDefinition<Payload>, 'name' | 'payload'> & Partial<JobDefinition<Payload>>,
): JobDefinition<Payload> {
  return { ...USUAL, dedupeId: () => rules.name, ...rules };
}

/** The payload of jobs without data. */
export const NOTHING = z.strictObject({});

export function job<Payload>(definition: JobDefinition<Payload>, handler: JobHandler<Payload>): Job {
  return { definition, run: (payload, context) => handler(payload as Payload, context) };
}

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
