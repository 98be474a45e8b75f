// Takes doubtful answers for a person's when hours have passed and nothing contradicts that, so that people act on them.
import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import { doEach } from '../../platform/do-each.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations, responses, surveyOpenings, surveySubmissions } from '../tables.ts';
import { actOnAnswer } from './act-on-answer.ts';
import { isUncontradicted, type JudgedSubmission } from './is-uncontradicted.ts';
import type { ReasonId } from './judge.ts';
import { toSubmission } from './settle-answer.ts';

const HOUR_MS = 3_600_000;
/** Most of what contradicts an answer comes by then, and a follow-up is due in days. */
const QUIET_MS = 6 * HOUR_MS;
/** Those of before are no news. */
const OLDEST_MS = 7 * 24 * HOUR_MS;
const AT_A_TIME = 200;

export const confirmAnswersJob = defineJob({
  name: 'confirm-answers',
  payload: NOTHING,
  schedule: { everyMs: 10 * 60_000, payload: {} },
});

/** Each answer is looked at once. Calls `onConfirmed` if any was confirmed; once all were tried, throws as `doEach` does. */
export async function confirmAnswers(
  db: Database,
  policy: SurveyPolicy,
  now: Date,
  onConfirmed: () => unknown = () => undefined,
): Promise<void> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const { verdict, used, at, id: submissionId } = surveySubmissions;
  const isQuiet = and(isNull(responses.confirmed), lt(responses.changedAt, ago(QUIET_MS)));
  const doubted = and(isQuiet, gt(responses.changedAt, ago(OLDEST_MS)), eq(verdict, 'doubtful'), eq(used, false));
  const waiting = await db
    .select({ id: responses.invitationId })
    .from(responses)
    .innerJoin(surveySubmissions, eq(submissionId, responses.submissionId))
    .where(doubted)
    .orderBy(asc(at))
    .limit(AT_A_TIME);
  let confirmed = 0;
  const confirmAll = () =>
    doEach(waiting, ({ id }) =>
      db.transaction(async (tx) => {
        const [invitation] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
        const ofIt = eq(responses.invitationId, id);
        const [answer] = await tx.select().from(responses).where(and(ofIt, isQuiet));
        if (!invitation || !answer) return;
        const isPersons = await isConfirmed(tx, id, answer.submissionId, invitation.sentAt);
        await tx.update(responses).set({ confirmed: isPersons }).where(ofIt);
        if (!isPersons) return;
        const confirmedOne = { ...answer, confirmed: true };
        await actOnAnswer(tx, invitation, { answer: confirmedOne, before: confirmedOne }, policy, now);
        confirmed += 1;
      }),
    );
  await doEach([confirmAll, async () => confirmed > 0 && onConfirmed()], (step) => step());
}

async function isConfirmed(tx: Queryable, id: number, submissionId: number | null, sentAt: Date | null) {
  const rows = await tx.select().from(surveySubmissions).where(eq(surveySubmissions.invitationId, id));
  const openings = await tx.select().from(surveyOpenings).where(eq(surveyOpenings.invitationId, id));
  const submissions = rows.map(
    (row): JudgedSubmission => ({ ...toSubmission(row), verdict: row.verdict, reasons: row.reasons as ReasonId[] }),
  );
  const of = submissions.find((one) => one.id === submissionId);
  return of !== undefined && isUncontradicted(of, { sentAt, openings, submissions });
}
