// Finds batches and effects that have no job.
import { and, eq, lte, or } from 'drizzle-orm';
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import { outbox } from '../platform/storage/schema.ts';
import { performEffectsJob, processBatchJob } from './jobs.ts';
import { listWaitingBatches } from './receive/batches.ts';

/** A batch this fresh is about to be announced anyway. Milliseconds. */
const FRESH = 5_000;
const MOST_BATCHES = 10_000;
const AT_A_TIME = 500;

/** A job for every batch with waiting events, and one where an effect is due. */
export function sweepTickets({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const now = new Date(clock());
    const batches = await listWaitingBatches(db, new Date(now.getTime() - FRESH), MOST_BATCHES);
    for (let start = 0; start < batches.length; start += AT_A_TIME) {
      const some = batches.slice(start, start + AT_A_TIME).map((batch) => ({ batch }));
      await queue.enqueueMany(processBatchJob, some);
    }
    if (await isEffectDue(db, now)) await queue.enqueue(performEffectsJob, {});
  };
}

/** An effect is due at its time, or when the lease of whoever had claimed it has ended. */
async function isEffectDue(db: Database, now: Date): Promise<boolean> {
  const due = and(eq(outbox.state, 'waiting'), lte(outbox.dueAt, now));
  const left = and(eq(outbox.state, 'in_flight'), lte(outbox.claimedUntil, now));
  return (await db.select({ id: outbox.id }).from(outbox).where(or(due, left)).limit(1)).length > 0;
}
