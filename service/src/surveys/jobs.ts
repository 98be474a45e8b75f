// The job that sends survey invitations, and how it is enqueued again for rows that have none.
import { and, inArray, lte } from 'drizzle-orm';
import { defineJob, NOTHING } from '../platform/jobs/define-job.ts';
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import { invitations } from './tables.ts';

/** Sends the survey invitations that are due. */
export const sendInvitationsJob = defineJob({
  name: 'send-invitations',
  payload: NOTHING,
  schedule: { everyMs: 15_000, payload: {} },
});

export function sweepInvitations({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const due = and(inArray(invitations.state, ['scheduled', 'sending']), lte(invitations.dueAt, new Date(clock())));
    const [one] = await db.select({ id: invitations.id }).from(invitations).where(due).limit(1);
    if (one) await queue.enqueue(sendInvitationsJob, {});
  };
}
