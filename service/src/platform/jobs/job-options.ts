// With which options does a job go into the queue?
import type { JobsOptions } from 'bullmq';
import type { EnqueueOptions } from './job-queue.ts';
import { type JobName, type JobPayload, rulesOf } from './job-table.ts';

/**
 * A `skip` job gets its word as its id, which exists once. A `run_again` job is de-duplicated while it waits; if it runs,
 * BullMQ keeps the newest of the others and adds it when the first is done (`keepLastIfActive`).
 */
export function jobOptions<Name extends JobName>(
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): JobsOptions {
  const rules = rulesOf(name);
  const word = options.dedupeId ?? rules.dedupeId(payload);
  const delay = options.delayMs ?? 0;
  return {
    ...retention(name),
    ...(delay > 0 ? { delay } : {}),
    // Jobs without a priority go before all that have one.
    ...(options.afterOthers ? { priority: 1 } : {}),
    ...(rules.whenLive === 'skip'
      ? { jobId: word }
      : { deduplication: { id: delay > 0 ? `${word}-later` : word, keepLastIfActive: true } }),
  };
}

/** Tries and retention, which scheduled jobs share. */
export function retention(name: JobName): JobsOptions {
  const { attempts, backoffMs, keepFailed } = rulesOf(name);
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: keepFailed === 0 ? true : { count: keepFailed },
  };
}
