// Records that an admin chooses another submission than the rules do.
import { eq } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { settleInvitationAnswer } from '../record-answer.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { surveyChoices, surveySubmissions } from '../tables.ts';

export interface NewChoice {
  readonly submissionId: number;
  /** `use`: it is the answer, whatever its verdict. `release`: the rules decide again about its invitation. */
  readonly choice: 'use' | 'release';
  readonly who: string;
  readonly why: string;
  readonly policy: SurveyPolicy;
  readonly now: Date;
}

/** Changes the answer, in the history and on the ticket too. False: there is no such submission. */
export async function chooseSubmission(db: Database, { submissionId, choice, ...rest }: NewChoice): Promise<boolean> {
  const { who, why, policy, now } = rest;
  const [found] = await db.select().from(surveySubmissions).where(eq(surveySubmissions.id, submissionId));
  if (!found) return false;
  const { invitationId } = found;
  const chosen = choice === 'use' ? submissionId : null;
  await db.insert(surveyChoices).values({ invitationId, submissionId: chosen, at: now, who, why });
  await settleInvitationAnswer(db, invitationId, policy, now);
  return true;
}
