// Defines jobs of each kind, for tests of the queue.
import { z } from 'zod';
import { defineJob, type Job, type JobDefinition, type JobHandler, job, NOTHING } from '../job-queue.ts';

/** Identified by its number, retried at once after a failure. */
export const batchJob = defineJob({
  name: 'process-batch',
  payload: z.strictObject({ batch: z.int().positive() }),
  dedupeId: ({ batch }) => `batch-${batch}`,
  whenLive: 'skip',
  attempts: 5,
  backoffMs: 1_000,
  keepFailed: 0,
  concurrency: 2,
  globalConcurrency: null,
});
/** Recurring, one at a time in all processes. */
export const viewsJob = defineJob({
  name: 'check-views',
  payload: z.strictObject({ reason: z.string().min(1) }),
  schedule: { everyMs: 300_000, payload: { reason: 'schedule' } },
});
/** Recurring, one at a time in each process. */
export const effectsJob = defineJob({
  name: 'perform-effects',
  payload: NOTHING,
  globalConcurrency: null,
  schedule: { everyMs: 15_000, payload: {} },
});
export const repairJob = defineJob({
  name: 'repair',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

export const SOME_JOBS = [batchJob, viewsJob, effectsJob, repairJob] as const;

type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload> ? Payload : never;

export interface Handlers {
  'process-batch'?: JobHandler<PayloadOf<typeof batchJob>>;
  'check-views'?: JobHandler<PayloadOf<typeof viewsJob>>;
  'perform-effects'?: JobHandler<PayloadOf<typeof effectsJob>>;
  repair?: JobHandler<PayloadOf<typeof repairJob>>;
}

export function jobsWith(handlers: Handlers): Job[] {
  return SOME_JOBS.flatMap((definition) => {
    const handler = handlers[definition.name as keyof Handlers] as JobHandler<never> | undefined;
    return handler ? [job(definition as JobDefinition<never>, handler)] : [];
  });
}
