// Defines a job: its name, its payload and how it is run. Features define theirs with `defineJob`.
import { z } from 'zod';

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
