// Translates a job's definition for BullMQ: options, schedule and limits.
import type { JobsOptions } from 'bullmq';
import type { JobDefinition } from './define-job.ts';
import type { EnqueueOptions } from './job-queue.ts';
import type { AnyQueue } from './queue-backend.ts';

/**
 * A `skip` job's id becomes BullMQ's job id, which is unique. A `run_again` job is de-duplicated while it waits; while it runs,
 * BullMQ keeps the newest of the others and adds it when the first has finished (`keepLastIfActive`).
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

/** Attempts and retention, also for scheduled jobs. */
function retention({ attempts, backoffMs, keepFailed }: JobDefinition<unknown>): JobsOptions {
  return {
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    removeOnComplete: true,
    removeOnFail: keepFailed === 0 ? true : { count: keepFailed },
  };
}

/** A schedule whose next run is overdue by this much has lost its next job, and is declared again. Milliseconds. */
const OVERDUE = 60_000;

/** Declares, under permanent ids, the recurring jobs and shared limits that the store does not have (any more). */
export async function declareSchedules(
  jobs: readonly JobDefinition<unknown>[],
  queueOf: (name: string) => AnyQueue,
  now: number,
): Promise<void> {
  for (const job of jobs) {
    const { name, schedule, globalConcurrency } = job;
    const queue = queueOf(name);
    if (globalConcurrency !== null && (await queue.getGlobalConcurrency()) !== globalConcurrency) {
      await queue.setGlobalConcurrency(globalConcurrency);
    }
    if (!schedule) continue;
    const id = `every-${name}`;
    const known = await queue.getJobScheduler(id);
    const alive = known?.every === schedule.everyMs && (known.next ?? 0) > now - schedule.everyMs - OVERDUE;
    if (alive) continue;
    const template = { name, data: schedule.payload, opts: retention(job) };
    await queue.upsertJobScheduler(id, { every: schedule.everyMs }, template);
  }
}
