// Describes the state of a ticket's survey: sent, answered, or what it waits for.

import { type MailStatus, readMailStatus } from '../../mail/mail-status.ts';
import { describeActing, readActing } from '../../platform/outbox/activation.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { describeMailProblem, describeStopOrPause, explainNotSent, type NotSentReason } from '../../surveys/index.ts';
import type { Clock } from '../clock.ts';

export interface SurveyOfTicket {
  state: string;
  reason: string | null;
  detail: string | null;
  dueAt: Date;
  sentAt: Date | null;
  score: number | null;
}

/** What keeps a survey that is due from being sent. Null: nothing. */
export async function readWhatHoldsSurveys(db: Queryable): Promise<string | null> {
  const acting = await readActing(db);
  if (acting.mode === 'observe') return `Deskwright ${describeActing(acting)}`;
  const stopped = await describeStopOrPause(db);
  if (stopped !== null) return stopped;
  const status: MailStatus | null = await readMailStatus(db);
  return status && describeMailProblem(status);
}

/** `holds`: of `readWhatHoldsSurveys`. */
export function describeSurvey(
  { state, reason, detail, dueAt, sentAt, score }: SurveyOfTicket,
  { holds, now, clock }: { holds: string | null; now: Date; clock: Clock },
) {
  if (score !== null) return `score ${score}`;
  if (reason !== null) {
    const which = reason === 'conditions_not_met' && detail !== null ? ` ${detail}` : '';
    return explainNotSent(reason as NotSentReason) + which;
  }
  if (sentAt !== null) return 'no answer yet';
  const waits = holds !== null && state === 'scheduled' && dueAt <= now ? `; it waits, because ${holds}` : '';
  return `due ${clock.print(dueAt)}${waits}`;
}
