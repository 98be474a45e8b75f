// How are the surveys doing?
import { SURVEYS, type SurveyKind } from '@deskwright/shared';
import { count, eq } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { invitations, responses } from '../platform/storage/schema.ts';
import type { NotSentReason } from './not-sent-reason.ts';
import { GOOD_FROM, scoresOf } from './survey-scale.ts';

type InvitationState = typeof invitations.$inferSelect.state;

export interface SurveyCount {
  /** Invitations by state; a state nobody is in is 0. */
  states: Record<InvitationState, number>;
  /** Cancelled and parked ones by reason. */
  notSent: Partial<Record<NotSentReason, number>>;
  /** Answers by score; a score nobody gave is 0. */
  scores: Record<number, number>;
  answers: number;
  /** Null while there is no answer. */
  mean: number | null;
  /** Share of the good answers, 0 to 1: 4 and 5 for CSAT (top two boxes), 5 to 7 for CES 2.0. Null while there is no answer. */
  goodShare: number | null;
}

const STATES: readonly InvitationState[] = invitations.state.enumValues;

/** Counts over everything stored, by survey. */
export async function surveyCounts(db: Queryable): Promise<Record<SurveyKind, SurveyCount>> {
  const asked = await db
    .select({ survey: invitations.survey, state: invitations.state, reason: invitations.reason, n: count() })
    .from(invitations)
    .groupBy(invitations.survey, invitations.state, invitations.reason);
  const answered = await db
    .select({ survey: invitations.survey, score: responses.score, n: count() })
    .from(responses)
    .innerJoin(invitations, eq(invitations.id, responses.invitationId))
    .groupBy(invitations.survey, responses.score);

  const counts = Object.fromEntries(SURVEYS.map((survey) => [survey, empty(survey)])) as Record<
    SurveyKind,
    SurveyCount
  >;
  for (const { survey, state, reason, n } of asked) {
    counts[survey].states[state] += n;
    if (reason)
      counts[survey].notSent[reason as NotSentReason] = (counts[survey].notSent[reason as NotSentReason] ?? 0) + n;
  }
  for (const { survey, score, n } of answered) counts[survey].scores[score] = n;
  for (const survey of SURVEYS) Object.assign(counts[survey], summarise(survey, counts[survey].scores));
  return counts;
}

function empty(survey: SurveyKind): SurveyCount {
  return {
    states: Object.fromEntries(STATES.map((state) => [state, 0])) as Record<InvitationState, number>,
    notSent: {},
    scores: Object.fromEntries(scoresOf(survey).map((score) => [score, 0])),
    answers: 0,
    mean: null,
    goodShare: null,
  };
}

function summarise(survey: SurveyKind, scores: Record<number, number>) {
  const rows = Object.entries(scores).map(([score, n]) => ({ score: Number(score), n }));
  const answers = rows.reduce((sum, { n }) => sum + n, 0);
  if (answers === 0) return {};
  const total = rows.reduce((sum, { score, n }) => sum + score * n, 0);
  const good = rows.filter(({ score }) => score >= GOOD_FROM[survey]).reduce((sum, { n }) => sum + n, 0);
  return { answers, mean: total / answers, goodShare: good / answers };
}
