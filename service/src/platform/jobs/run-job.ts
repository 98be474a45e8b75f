// Brings a job from the queue to its handler.
import { type Job as QueuedJob, UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';
import type { Job } from './define-job.ts';

export interface RunJobDeps {
  jobs: readonly Job[];
  signal: AbortSignal;
  logger: Logger;
}

/**
 * Runs one job. A name that no version of ours knows is dropped with a warning (an older one may have left it); a payload that does
 * not fit is thrown and not tried again, because it would not fit then either.
 */
export async function runJob(
  { jobs, signal, logger }: RunJobDeps,
  queued: Pick<QueuedJob, 'id' | 'name' | 'data' | 'attemptsMade'>,
): Promise<void> {
  const jobId = queued.id ?? '';
  const job = jobs.find(({ definition }) => definition.name === queued.name);
  if (!job) {
    logger.warn({ job: queued.name, jobId }, 'A job of an unknown name was dropped');
    return;
  }
  const payload = job.definition.payload.safeParse(queued.data);
  if (!payload.success) {
    throw new UnrecoverableError(
      `Job ${queued.name} (${jobId}) carries a wrong payload: ${z.prettifyError(payload.error)}`,
    );
  }
  await job.run(payload.data, { jobId, attempt: queued.attemptsMade + 1, signal });
}
