// Decides whether an answer is surely a person's, so that people are written to or called because of it.
import { desc, eq } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { surveyChoices, surveySubmissions } from '../tables.ts';
import type { ResponseRow } from './settle-answer.ts';

/** By its verdict, because nothing contradicted it for hours, or because an admin chose it. Answers from before submissions were kept count as people's. */
export async function isByPerson(
  tx: Queryable,
  { invitationId, submissionId, confirmed }: ResponseRow,
): Promise<boolean> {
  if (submissionId === null || confirmed === true) return true;
  const [submission] = await tx
    .select({ verdict: surveySubmissions.verdict })
    .from(surveySubmissions)
    .where(eq(surveySubmissions.id, submissionId));
  if (submission?.verdict === 'human') return true;
  const [choice] = await tx
    .select({ submissionId: surveyChoices.submissionId })
    .from(surveyChoices)
    .where(eq(surveyChoices.invitationId, invitationId))
    .orderBy(desc(surveyChoices.id))
    .limit(1);
  return choice?.submissionId === submissionId;
}
