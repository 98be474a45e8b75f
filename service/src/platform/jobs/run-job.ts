// How does a job from the queue reach its handler?
import { type Job, UnrecoverableError } from 'bullmq';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';
import type { JobHandlers } from './job-queue.ts';
import { isJobName, rulesOf } from './job-table.ts';

export interface RunJobDeps {
  handlers: Partial<JobHandlers>;
  signal: AbortSignal;
  logger: Logger;
}

/**
 * Runs one job. A name that no version of ours knows is dropped with a warning (an older one may have left it); a payload that does
 * not fit is thrown and not tried again, because it would not fit then either.
 */
export async function runJob(deps: RunJobDeps, job: Pick<Job, 'id' | 'name' | 'data' | 'attemptsMade'>): Promise<void> {
  const { name } = job;
  const jobId = job.id ?? '';
  if (!isJobName(name) || !deps.handlers[name]) {
    deps.logger.warn({ job: name, jobId }, 'A job of an unknown name was dropped');
    return;
  }
  const payload = rulesOf(name).payload.safeParse(job.data);
  if (!payload.success) {
    throw new UnrecoverableError(`Job ${name} (${jobId}) carries a wrong payload: ${z.prettifyError(payload.error)}`);
  }
  const handler = deps.handlers[name] as (data: unknown, context: unknown) => Promise<void>;
  await handler(payload.data, { jobId, attempt: job.attemptsMade + 1, signal: deps.signal });
}
