// What a job is: its name, its payload and how it is run. Features define theirs with `defineJob`.
import { z } from 'zod';

export interface JobDefinition<Payload> {
  readonly name: string;
  /** What the job must carry; checked when it is taken up, because another version may have enqueued it. */
  readonly payload: z.ZodType<Payload>;
  /** Jobs with the same id are not enqueued twice: see `whenLive`. */
  dedupeId(payload: Payload): string;
  /**
   * What happens to a second job of the same id. `skip`: nothing, the first will do. `run_again`: nothing while the first waits;
   * while it runs, one more follows, because the first may have read its rows already.
   */
  readonly whenLive: 'skip' | 'run_again';
  /** Tries in all; rows are the truth, so a job given up is no event given up: the sweep makes a new one. */
  readonly attempts: number;
  /** Wait before the second try, doubled each time. Milliseconds. */
  readonly backoffMs: number;
  /** Failed jobs kept for inspection. Finished ones are not kept: what they did stands in rows. */
  readonly keepFailed: number;
  /** At the same time, in one process. */
  readonly concurrency: number;
  /** At the same time, in all processes together; null: no limit. */
  readonly globalConcurrency: number | null;
  /** Runs by itself so often, with this payload. */
  readonly schedule: { readonly everyMs: number; readonly payload: Payload } | null;
}

/** @internal */
export interface JobContext {
  jobId: string;
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the service stops: finish what you hold, take up nothing more. */
  signal: AbortSignal;
}

export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** A job and its handler, for code that treats all jobs alike. */
export interface Job {
  readonly definition: JobDefinition<unknown>;
  /** `payload` is what the definition's schema gave. */
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

/** A job that runs once at a time in all processes, tries three times and is known by its name, unless `rules` say otherwise. */
export function defineJob<Payload>(
  rules: Pick<JobDefinition<Payload>, 'name' | 'payload'> & Partial<JobDefinition<Payload>>,
): JobDefinition<Payload> {
  return { ...USUAL, dedupeId: () => rules.name, ...rules };
}

/** The payload of jobs that carry nothing. */
export const NOTHING = z.strictObject({});

export function job<Payload>(definition: JobDefinition<Payload>, handler: JobHandler<Payload>): Job {
  return { definition, run: (payload, context) => handler(payload as Payload, context) };
}
