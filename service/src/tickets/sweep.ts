// Finds batches that have no job.
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import { processBatchJob } from './jobs.ts';
import { listWaitingBatches } from './receive/batches.ts';

/** A batch this fresh is about to be announced anyway. Milliseconds. */
const FRESH = 5_000;
const MOST_BATCHES = 10_000;
const AT_A_TIME = 500;

/** A job for every batch with waiting events. */
export function sweepTickets({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const now = new Date(clock());
    const batches = await listWaitingBatches(db, new Date(now.getTime() - FRESH), MOST_BATCHES);
    for (let start = 0; start < batches.length; start += AT_A_TIME) {
      const some = batches.slice(start, start + AT_A_TIME).map((batch) => ({ batch }));
      await queue.enqueueMany(processBatchJob, some);
    }
  };
}
