// Answers a bulk request with its job.
import type { Call, Reply } from '../call.ts';
import { failed, ok } from '../replies.ts';
import { showJob } from '../shapes/job.ts';
import type { JobResults } from './jobs.ts';

/** `{job_status}`, or 429 `TooManyJobs` with the ids of those that keep the account busy. */
export function replyWithJob(call: Call, jobType: string, total: number | null, work: () => JobResults): Reply {
  const job = call.jobs.start(jobType, total, work);
  const inflight = call.jobs.running();
  const headers = { 'zendesk-ratelimit-inflight-jobs': `total=30; remaining=${Math.max(0, 30 - inflight.length)}` };
  if (job !== undefined) return ok({ job_status: showJob(call.url, job) }, headers);
  const refusal = failed(429, 'TooManyJobs', 'Too many jobs are currently queued or running. Try again later.');
  const body = { ...(refusal.body as object), current_job_ids: inflight.map((one) => one.id) };
  return { status: 429, body, headers: { ...headers, 'retry-after': '5' } };
}
