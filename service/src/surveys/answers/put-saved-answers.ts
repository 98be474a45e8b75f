// Puts answers on their tickets that were saved on the way and never sent with the button.
import { and, asc, eq, gt, isNotNull, lt, or, sql } from 'drizzle-orm';
import { doEach } from '../../platform/do-each.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations, responses } from '../tables.ts';
import { actOnAnswer } from './act-on-answer.ts';

/** After that long without a change the customer has gone. */
const QUIET_MS = 10 * 60_000;
/** Older ones were recorded by a former version, which put them on the ticket at once. */
const OLDEST_MS = 3 * 24 * 3_600_000;
const AT_A_TIME = 200;

export const putSavedAnswersJob = defineJob({
  name: 'put-saved-answers',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Returns how many. Once all were tried, throws as `doEach` does. */
export async function putSavedAnswers(db: Database, policy: SurveyPolicy, now: Date): Promise<number> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const isWaiting = and(
    isNotNull(responses.submissionId),
    lt(responses.changedAt, ago(QUIET_MS)),
    gt(responses.changedAt, ago(OLDEST_MS)),
    or(sql`${responses.onTicket} IS NULL`, sql`${responses.onTicket} <> ${responses.revision}`),
  );
  const waiting = await db
    .select({ id: responses.invitationId })
    .from(responses)
    .where(isWaiting)
    .orderBy(asc(responses.changedAt))
    .limit(AT_A_TIME);
  await doEach(waiting, ({ id }) =>
    db.transaction(async (tx) => {
      const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
      const [answer] = await tx
        .select()
        .from(responses)
        .where(and(eq(responses.invitationId, id), isWaiting));
      if (invitation && answer) await actOnAnswer(tx, invitation, { answer, before: answer }, policy, now);
    }),
  );
  return waiting.length;
}
