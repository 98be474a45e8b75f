// Enqueues jobs for work that stands in rows already.
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Enqueue, JobQueue } from './job-queue.ts';

/** Never rejects: a job that cannot be enqueued now is made up for by the schedules and the sweep. */
export function createEnqueue(queue: () => Pick<JobQueue, 'enqueue'>, logger: Pick<Logger, 'warn'>): Enqueue {
  return async (job, payload, options) => {
    try {
      await queue().enqueue(job, payload, options);
    } catch (error) {
      logger.warn({ job: job.name, ...aboutError(error) }, 'Could not enqueue a job; its schedule will');
    }
  };
}
