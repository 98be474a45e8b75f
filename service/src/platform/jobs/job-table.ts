// Which jobs are there, what do they carry, and how are they run?
import { z } from 'zod';

export interface JobRules<Payload> {
  /** What the job must carry; checked when it is taken up, because another version may have enqueued it. */
  readonly payload: z.ZodType<Payload>;
  /** Jobs with the same word do not pile up: see `whenLive`. */
  readonly dedupeId: (payload: Payload) => string;
  /**
   * What happens to a second job of the same word. `skip`: nothing, the first will do. `run_again`: nothing while the first waits;
   * while it runs, one more follows, because the first may have looked already.
   */
  readonly whenLive: 'skip' | 'run_again';
  /** Tries in all; rows are the truth, so a job given up is no event given up: the sweeper makes a new one. */
  readonly attempts: number;
  /** Wait before the second try, doubled each time. Milliseconds. */
  readonly backoffMs: number;
  /** Failed jobs kept to look at. Finished ones are not kept: what they did stands in rows. */
  readonly keepFailed: number;
  /** At the same time, in one process. */
  readonly concurrency: number;
  /** At the same time, in all processes together; null: no limit. */
  readonly globalConcurrency: number | null;
  /** Runs by itself so often, with this payload. */
  readonly schedule: { readonly everyMs: number; readonly payload: Payload } | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const nothing = z.strictObject({});
const chore = {
  whenLive: 'run_again',
  attempts: 3,
  backoffMs: 5 * SECOND,
  keepFailed: 20,
  concurrency: 1,
  globalConcurrency: 1,
} as const;

function job<Payload>(rules: JobRules<Payload>): JobRules<Payload> {
  return rules;
}

export const JOBS = {
  /** Decide the waiting events of one committed batch of the inbox. */
  'process-batch': job({
    // `floods`: what an earlier job of the batch left, so that other tickets need not wait for it.
    payload: z.strictObject({ batch: z.int().positive(), floods: z.boolean().optional() }),
    dedupeId: ({ batch }) => `batch-${batch}`,
    whenLive: 'skip',
    attempts: 5,
    backoffMs: SECOND,
    // Not one: a job kept under the id of its batch would keep the sweeper from making a new one.
    keepFailed: 0,
    // Each decides four tickets at a time, so eight transactions: more only wait for one another.
    concurrency: 2,
    globalConcurrency: null,
    schedule: null,
  }),
  /** Decide again the tickets for which a condition on time may answer otherwise by now. */
  'decide-due': job({
    ...chore,
    payload: nothing,
    dedupeId: () => 'decide-due',
    schedule: { everyMs: 10 * SECOND, payload: {} },
  }),
  /** Do what is due in the outbox, as far as the write budget goes. */
  'perform-effects': job({
    ...chore,
    payload: nothing,
    dedupeId: () => 'perform-effects',
    globalConcurrency: null,
    schedule: { everyMs: 15 * SECOND, payload: {} },
  }),
  /** Bring managed views to their order. */
  'check-views': job({
    ...chore,
    payload: z.strictObject({ reason: z.string().min(1) }),
    dedupeId: () => 'check-views',
    schedule: { everyMs: 5 * MINUTE, payload: { reason: 'schedule' } },
  }),
  /** Send the survey invitations that are due. */
  'send-invitations': job({
    ...chore,
    payload: nothing,
    dedupeId: () => 'send-invitations',
    schedule: { everyMs: 15 * SECOND, payload: {} },
  }),
  /** Fill the projection from the incremental export. */
  import: job({ ...chore, payload: nothing, dedupeId: () => 'import', schedule: null }),
  /** Repair what webhooks lost, from the saved cursor of the same export. Zendesk allows ten such requests a minute. */
  repair: job({ ...chore, payload: nothing, dedupeId: () => 'repair', schedule: { everyMs: MINUTE, payload: {} } }),
  /** Forget what is long finished. */
  prune: job({ ...chore, payload: nothing, dedupeId: () => 'prune', schedule: { everyMs: 60 * MINUTE, payload: {} } }),
  /** Make jobs for rows that have none. Every worker process does so by itself too, in case the queue was emptied. */
  sweep: job({ ...chore, payload: nothing, dedupeId: () => 'sweep', schedule: null }),
};

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = (typeof JOBS)[Name] extends JobRules<infer Payload> ? Payload : never;

export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** The rules of one job, for code that handles them all alike. */
export function rulesOf<Name extends JobName>(name: Name): JobRules<JobPayload<Name>> {
  return JOBS[name] as unknown as JobRules<JobPayload<Name>>;
}

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}
