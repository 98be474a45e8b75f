// Formats job statuses for the API.
import type { UrlOf } from '../call.ts';
import type { Job } from '../jobs/jobs.ts';

/** `progress` stays null until the work has begun, `results` until it is done. */
export const showJob = (url: UrlOf, job: Job): Record<string, unknown> => ({
  id: job.id,
  job_type: job.job_type,
  url: url(`/job_statuses/${job.id}.json`),
  total: job.total,
  progress: job.progress,
  status: job.status,
  message: job.message,
  results: job.status === 'completed' ? job.results : null,
});
