// Adds answers to their tickets that were saved but never submitted with the button.
import { and, asc, eq, gt, isNotNull, lt, or, sql } from 'drizzle-orm';
import { doEach } from '../../platform/do-each.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations, responses } from '../tables.ts';
import { actOnAnswer } from './act-on-answer.ts';
import { isNotShown, MOST_FAILURES } from './failed-answers.ts';

/** After that long without a change the customer has gone. */
const QUIET_MS = 10 * 60_000;
/** Older ones were recorded by a former version, which put them on the ticket at once; not those that failed here. */
const OLDEST_MS = 3 * 24 * 3_600_000;
const AT_A_TIME = 200;

export const putSavedAnswersJob = defineJob({
  name: 'put-saved-answers',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

/**
 * Calls `onPut` if any was put on its ticket. One that fails is tried behind the others, and after some tries set aside for an operator. Once all
 * were tried, throws as `doEach` does.
 */
export async function putSavedAnswers(
  db: Database,
  policy: SurveyPolicy,
  now: Date,
  onPut: () => unknown = () => undefined,
): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const isWaiting = and(
    isNotNull(responses.submissionId),
    lt(responses.failures, MOST_FAILURES),
    lt(responses.changedAt, ago(QUIET_MS)),
    or(gt(responses.changedAt, ago(OLDEST_MS)), sql`${responses.failures} > 0`),
    isNotShown,
  );
  const waiting = await db
    .select({ id: responses.invitationId })
    .from(responses)
    .where(isWaiting)
    .orderBy(asc(responses.failures), asc(responses.changedAt))
    .limit(AT_A_TIME);
  let put = 0;
  const putAll = () =>
    doEach(waiting, async ({ id }) => {
      try {
        await db.transaction(async (tx) => {
          const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
          const [answer] = await tx
            .select()
            .from(responses)
            .where(and(eq(responses.invitationId, id), isWaiting));
          if (invitation && answer) await actOnAnswer(tx, invitation, { answer, before: answer }, policy, now);
        });
        put += 1;
      } catch (error) {
        if (!isTemporary(error)) await countFailure(db, id, error);
        throw error;
      }
    });
  await doEach([putAll, async () => put > 0 && onPut()], (step) => step());
}

async function countFailure(db: Database, invitationId: number, error: unknown): Promise<void> {
  const { error: failure } = aboutError(error);
  await db
    .update(responses)
    .set({ failures: sql`${responses.failures} + 1`, failure })
    .where(eq(responses.invitationId, invitationId));
}
