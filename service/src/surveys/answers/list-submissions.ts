// Reads what was submitted about a ticket, with the verdict on each.
import type { SurveyKind } from '@deskwright/shared';
import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { invitations, responses, surveySubmissions } from '../tables.ts';
import { REASON_TEXTS, type ReasonId, type Verdict } from './judge.ts';

export interface ListedSubmission {
  readonly id: number;
  readonly invitationId: number;
  readonly survey: SurveyKind;
  readonly at: Date;
  readonly score: number;
  readonly hasComment: boolean;
  readonly verdict: Verdict;
  readonly points: number;
  /** Sentences. */
  readonly reasons: readonly string[];
  /** It is the invitation's answer. */
  readonly counts: boolean;
}

/** Oldest first, without the customer's words. */
export async function listSubmissions(db: Database, ticketId: number): Promise<ListedSubmission[]> {
  const { id, invitationId, at, score, comment, verdict, points, reasons } = surveySubmissions;
  const rows = await db
    .select({
      id,
      invitationId,
      survey: invitations.survey,
      at,
      score,
      hasComment: sql<boolean>`${comment} <> ''`,
      verdict,
      points,
      reasons,
      counts: sql<boolean>`coalesce(${responses.submissionId} = ${id}, false)`,
    })
    .from(surveySubmissions)
    .innerJoin(invitations, eq(invitations.id, invitationId))
    .leftJoin(responses, eq(responses.invitationId, invitationId))
    .where(eq(invitations.ticketId, ticketId))
    .orderBy(asc(id));
  return rows.map((row) => ({
    ...row,
    reasons: row.reasons.map((reason) => REASON_TEXTS[reason as ReasonId] ?? reason),
  }));
}
