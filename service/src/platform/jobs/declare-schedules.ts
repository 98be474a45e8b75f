// Declares recurring jobs and shared limits in the queue's store.
import type { JobDefinition } from './define-job.ts';
import { retention } from './job-options.ts';
import type { AnyQueue } from './queue-backend.ts';

/** A schedule whose next run is this overdue has lost its next job, and is declared anew. Milliseconds. */
const OVERDUE = 60_000;

/** Declares, under permanent ids, the recurring jobs and shared limits that the store does not know (any more). */
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
