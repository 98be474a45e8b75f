// Sends the surveys that are due.

import { and, eq, lte, or, sql } from 'drizzle-orm';
import { throwFailures } from '../platform/do-each.ts';
import { defineJob, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Sweep } from '../platform/jobs/keep-sweeping.ts';
import type { Database } from '../platform/storage/database.ts';
import {
  claimDueInvitations,
  deadLetterAbandonedInvitations,
  endUncoveredInvitations,
  releaseInvitations,
} from './claim-due-invitations.ts';
import { type Delivered, deliverInvitation, type SendDeps } from './deliver-invitation.ts';
import { describeStopOrPause } from './pause.ts';
import { invitations } from './tables.ts';

/** Mails sent at the same time; as many as the mail sender opens connections. */
const AT_ONCE = 4;
const BATCH = 20;

export interface SendSummary {
  sent: number;
  cancelled: number;
  /** Scheduled for another attempt. */
  retried: number;
  failed: number;
  /** The run ended early because the mail server accepts no mail at all. */
  mailServerUnavailable: boolean;
}

/**
 * Sends all due invitations. Any number of processes may run it at once. A mail is sent at most
 * once: one whose outcome is unknown is dead-lettered, not retried. None is sent while surveys are stopped or pause. Throws when the database is unavailable, and
 * for other errors as `throwFailures` does, once all others were sent.
 */
export async function sendDueInvitations(deps: SendDeps): Promise<SendSummary> {
  const summary: SendSummary = { sent: 0, cancelled: 0, retried: 0, failed: 0, mailServerUnavailable: false };
  summary.failed += await deadLetterAbandonedInvitations(deps.db, new Date(deps.clock()));
  await endUncoveredInvitations(deps.db, new Date(deps.clock()));
  const failures: unknown[] = [];
  // Where each fails, the fault is not theirs.
  const goOn = () => !summary.mailServerUnavailable && failures.length < BATCH && !deps.signal?.aborted;
  while (goOn() && (await describeStopOrPause(deps.db)) === null) {
    const claimed = await claimDueInvitations(deps.db, new Date(deps.clock()), BATCH);
    if (claimed.length === 0) break;
    const work = async () => {
      while (goOn()) {
        const claim = claimed.shift();
        if (!claim) return;
        try {
          count(summary, await deliverInvitation(deps, claim));
        } catch (error) {
          // It stays claimed for some minutes.
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await releaseInvitations(deps.db, claimed);
  }
  throwFailures(failures);
  return summary;
}

function count(summary: SendSummary, { result, mailServerUnavailable }: Delivered): void {
  if (result !== 'not_ours') summary[result] += 1;
  summary.mailServerUnavailable ||= mailServerUnavailable;
}

/** Sends the survey invitations that are due. */
export const sendInvitationsJob = defineJob({
  name: 'send-invitations',
  payload: NOTHING,
  schedule: { everyMs: 15_000, payload: {} },
});

export function sweepInvitations({ db, clock }: { db: Database; clock: () => number }): Sweep {
  return async (queue) => {
    const isActing = sql`(SELECT mode = 'act' FROM acting())`;
    const now = new Date(clock());
    const isDue = lte(invitations.dueAt, now);
    const due = or(
      and(eq(invitations.state, 'sending'), isDue),
      and(eq(invitations.state, 'scheduled'), isActing, isDue),
      and(eq(invitations.state, 'sent'), isActing, lte(invitations.remindAt, now)),
      and(eq(invitations.reminder, 'sending'), lte(invitations.claimedUntil, now)),
    );
    const [one] = await db.select({ id: invitations.id }).from(invitations).where(due).limit(1);
    if (one) await queue.enqueue(sendInvitationsJob, {});
  };
}
