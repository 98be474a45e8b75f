// What can be asked of the queue?
import type { JobName, JobPayload } from './job-table.ts';

export interface JobContext {
  jobId: string;
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the service winds down: finish what you hold, take up nothing more. */
  signal: AbortSignal;
}

type JobHandler<Name extends JobName> = (payload: JobPayload<Name>, context: JobContext) => Promise<void>;
export type JobHandlers = { readonly [Name in JobName]: JobHandler<Name> };

export interface EnqueueOptions {
  /** In place of the word that the job table gives. */
  dedupeId?: string;
  /** Run it no sooner than in so many milliseconds. A delayed job does not keep an immediate one from being added. */
  delayMs?: number;
  /** Run it when no other job of its name waits. */
  afterOthers?: boolean;
}

export interface JobCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/**
 * The queue only says that there is work; the work itself is rows. So a job that could not be enqueued loses nothing:
 * callers log it and go on, and the sweeper makes up for it.
 */
export interface JobQueue {
  /** Rejects within seconds when the queue cannot be reached. A job like a live one is not added (see the job table). */
  enqueue: <Name extends JobName>(name: Name, payload: JobPayload<Name>, options?: EnqueueOptions) => Promise<void>;
  /** Several jobs of one name in one go. */
  enqueueMany: <Name extends JobName>(name: Name, payloads: readonly JobPayload<Name>[]) => Promise<void>;
  /**
   * Starts to work off jobs; a job without a handler is left to other processes. Resolves when all workers listen, which it tries for
   * ever while the queue is away. When `signal` is aborted, no new job is taken up; call `stop` to wait for those in hand.
   */
  startWorkers: (handlers: Partial<JobHandlers>, options: { signal: AbortSignal }) => Promise<void>;
  /** Declares recurring jobs and shared limits. Harmless to repeat; needed again after Redis was emptied. */
  declare: () => Promise<void>;
  /** Waits at most `graceMs` for the jobs in hand, then lets go of all connections. Unfinished jobs are taken up elsewhere. */
  stop: (options: { graceMs: number }) => Promise<void>;
  isHealthy: () => Promise<boolean>;
  counts: () => Promise<Record<JobName, JobCounts>>;
}

export interface QueueAddress {
  /** Used when `redisUrl` is null. */
  databaseUrl: string;
  redisUrl: string | null;
}
