// Adds reminders to the ticket of a follow-up whose customer has not been reached, at the policy's shares of its time.
import { parseDuration } from '@deskwright/shared';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { doEach } from '../../platform/do-each.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { takesChanges } from '../answers/put-on-ticket.ts';
import { calendarOf, type SurveyPolicy } from '../survey-policy.ts';
import { formatDue } from './describe-follow-up.ts';
import { hasBadAnswer } from './follow-up-answer.ts';
import { reachedStep } from './reached-step.ts';
import { type FollowUpRow, followUps } from './tables.ts';

export const remindOfFollowUpsJob = defineJob({
  name: 'remind-of-follow-ups',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Each step once; Slack reads from the row what it tells. Calls `onReminded` if there was any. Once all were tried, throws as `doEach` does. */
export async function remindOfFollowUps(
  db: Database,
  policy: SurveyPolicy,
  now: Date,
  onReminded: () => unknown = () => undefined,
): Promise<void> {
  const steps = policy.surveys.follow_ups.remind_at.map((share) => Number.parseFloat(share));
  if (steps.length === 0) return;
  const isUnreached = and(
    eq(followUps.state, 'open'),
    isNull(followUps.endedAt),
    hasBadAnswer(sql`follow_ups.id`, policy),
  );
  const open = await db.select().from(followUps).where(isUnreached).orderBy(asc(followUps.id));
  let reminded = 0;
  const remindAll = () =>
    doEach(open, async (one) => {
      if (stepOf(one, steps, policy, now) === null) return;
      await db.transaction(async (tx) => {
        const [row] = await tx
          .select()
          .from(followUps)
          .where(and(eq(followUps.id, one.id), isUnreached))
          .for('update');
        const step = row ? stepOf(row, steps, policy, now) : null;
        if (!row || step === null) return;
        await tx.update(followUps).set({ reminded: step }).where(eq(followUps.id, one.id));
        await remindOnTicket(tx, row, step, policy, now);
        reminded += 1;
      });
    });
  await doEach([remindAll, async () => reminded > 0 && onReminded()], (step) => step());
}

function stepOf(row: FollowUpRow, steps: readonly number[], policy: SurveyPolicy, now: Date): number | null {
  const dueIn = row.survey === 'pulse' ? undefined : policy.surveys[row.survey]?.follow_up?.due_in;
  const inBusinessHours = dueIn !== undefined && parseDuration(dueIn).unit === 'bh';
  return reachedStep(steps, row, inBusinessHours ? calendarOf(policy) : null, now);
}

async function remindOnTicket(
  tx: Queryable,
  { id, ticketId, dueAt }: FollowUpRow,
  step: number,
  policy: SurveyPolicy,
  now: Date,
): Promise<void> {
  if (ticketId === null || !(await takesChanges(tx, ticketId))) return;
  const due = formatDue(dueAt, policy);
  const note =
    dueAt <= now
      ? `Overdue: nobody has recorded that this customer was reached. It was due by ${due}.`
      : `Reminder: nobody has recorded that this customer was reached. Please speak to them by ${due}.`;
  await recordTicketChange(tx, {
    key: `follow-up:${id}:reminder:${step}`,
    ticketId,
    cause: 'answer',
    change: { note },
  });
}
