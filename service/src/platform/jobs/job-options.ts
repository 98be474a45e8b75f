// The options with which a job goes into BullMQ.
import type { JobsOptions } from 'bullmq';
import type { JobDefinition } from './define-job.ts';
import type { EnqueueOptions } from './job-queue.ts';

/**
 * A `skip` job gets its id as BullMQ's job id, which exists once. A `run_again` job is de-duplicated while it waits; if it runs,
 * BullMQ keeps the newest of the others and adds it when the first is done (`keepLastIfActive`).
 */
export function jobOptions<Payload>(
  job: JobDefinition<Payload>,
  payload: Payload,
  options: EnqueueOptions = {},
): JobsOptions {
  const id = options.dedupeId ?? job.dedupeId(payload);
  const delay = options.delayMs ?? 0;
  return {
    ...retention(job),
    ...(delay > 0 ? { delay } : {}),
    ...(job.whenLive === 'skip'
      ? { jobId: id }
      : { deduplication: { id: delay > 0 ? `${id}-later` : id, keepLastIfActive: true } }),
  };
}

/** Tries and retention, which scheduled jobs share. */
export function retention({ attempts, backoffMs, keepFailed }: JobDefinition<unknown>): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: keepFailed === 0 ? true : { count: keepFailed },
  };
}
