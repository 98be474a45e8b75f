// Which rows wait without anybody being told?
import { and, eq, inArray, lte, or } from 'drizzle-orm';
import { listWaitingBatches } from '../../tickets/receive/batches.ts';
import type { Database } from '../storage/database.ts';
import { invitations, outbox } from '../storage/schema.ts';
import type { JobQueue } from './job-queue.ts';

export interface SweepDeps {
  db: Database;
  queue: Pick<JobQueue, 'enqueue' | 'enqueueMany' | 'declare'>;
  /** Epoch milliseconds. */
  clock: () => number;
}

export interface SweepReport {
  /** Batches with waiting events; those that still had a job were left as they were. */
  batches: number;
  /** Whether anything in the outbox, or any invitation, is due. */
  effects: boolean;
  invitations: boolean;
}

/** A batch this fresh is about to be announced anyway. Milliseconds. */
const FRESH = 5_000;
const MOST_BATCHES = 10_000;
const AT_A_TIME = 500;

/**
 * Makes a job for every batch, and for due outbox and invitation work, that has none: after a queue that was down or emptied, or a
 * process that died between its commit and its announcement. Where a job is live, the queue ignores the second.
 */
export async function sweep({ db, queue, clock }: SweepDeps): Promise<SweepReport> {
  const now = new Date(clock());
  await queue.declare();
  const batches = await listWaitingBatches(db, new Date(now.getTime() - FRESH), MOST_BATCHES);
  for (let start = 0; start < batches.length; start += AT_A_TIME) {
    const some = batches.slice(start, start + AT_A_TIME).map((batch) => ({ batch }));
    await queue.enqueueMany('process-batch', some);
  }
  const effects = await isEffectDue(db, now);
  if (effects) await queue.enqueue('perform-effects', {});
  const due = await isInvitationDue(db, now);
  if (due) await queue.enqueue('send-invitations', {});
  return { batches: batches.length, effects, invitations: due };
}

/** An effect is due at its time, or when whoever had claimed it has not been heard of since. */
async function isEffectDue(db: Database, now: Date): Promise<boolean> {
  const due = and(eq(outbox.state, 'waiting'), lte(outbox.dueAt, now));
  const left = and(eq(outbox.state, 'in_flight'), lte(outbox.claimedUntil, now));
  return (await db.select({ id: outbox.id }).from(outbox).where(or(due, left)).limit(1)).length > 0;
}

async function isInvitationDue(db: Database, now: Date): Promise<boolean> {
  const due = and(inArray(invitations.state, ['scheduled', 'sending']), lte(invitations.dueAt, now));
  return (await db.select({ id: invitations.id }).from(invitations).where(due).limit(1)).length > 0;
}
