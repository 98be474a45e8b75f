// Finds batches and flooded tickets that have no job.
import type { JobDefinition } from '../platform/jobs/define-job.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import { processBatchJob, processFloodJob } from './jobs.ts';
import { listWaiting } from './receive/batches.ts';

/** A newer batch is about to be enqueued anyway. Milliseconds. */
const FRESH = 5_000;
const MOST_JOBS = 10_000;
const AT_A_TIME = 500;

/** Enqueues a job for every batch with waiting events, and for every flooded ticket instead of its batches. */
export function sweepTickets({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const { batches, floods } = await listWaiting(db, new Date(clock() - FRESH), MOST_JOBS);
    await enqueueAll(
      queue,
      processBatchJob,
      batches.map((batch) => ({ batch })),
    );
    await enqueueAll(
      queue,
      processFloodJob,
      floods.map((ticketId) => ({ ticketId })),
    );
  };
}

async function enqueueAll<Payload>(
  queue: Pick<JobQueue, 'enqueueMany'>,
  job: JobDefinition<Payload>,
  payloads: readonly Payload[],
): Promise<void> {
  for (let start = 0; start < payloads.length; start += AT_A_TIME)
    await queue.enqueueMany(job, payloads.slice(start, start + AT_A_TIME));
}
