// Reads what may be shown of the pulse: of rounds that are closed and have enough answers, and of these nothing but scores and words.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { pulseAnswers, pulseComments, pulseRounds } from '../tables.ts';

const FEWEST = SURVEY_KINDS.pulse.anonymousUnder;

export interface PulseRound {
  readonly startsAt: Date;
  /** Null: answers are still taken, and nothing else is told. */
  readonly closedAt: Date | null;
  /** Whom mails reached; null: it is open. */
  readonly asked: number | null;
  /** Lowest first. Null: it is open, or too few answered. */
  readonly scores: readonly number[] | null;
  /** In the order of the alphabet. Null: it is open, or too few wrote something. */
  readonly comments: readonly string[] | null;
}

/** Newest first, at most `limit`. */
export async function readPulseRounds(db: Queryable, limit: number): Promise<PulseRound[]> {
  const rows = await db
    .select()
    .from(pulseRounds)
    .orderBy(desc(pulseRounds.startsAt), desc(pulseRounds.campaignId))
    .limit(limit);
  const result: PulseRound[] = [];
  for (const { campaignId, round, startsAt, closedAt, asked } of rows) {
    if (closedAt === null) {
      result.push({ startsAt, closedAt, asked: null, scores: null, comments: null });
      continue;
    }
    const answers = await db
      .select({ score: pulseAnswers.score })
      .from(pulseAnswers)
      .where(and(eq(pulseAnswers.campaignId, campaignId), eq(pulseAnswers.round, round)))
      .orderBy(pulseAnswers.score);
    const words = await db
      .select({ comment: pulseComments.comment })
      .from(pulseComments)
      .where(and(eq(pulseComments.campaignId, campaignId), eq(pulseComments.round, round)))
      .orderBy(pulseComments.comment);
    const [scores, comments] = [answers.map(({ score }) => score), words.map(({ comment }) => comment)];
    result.push({ startsAt, closedAt, asked, scores: ifEnough(scores), comments: ifEnough(comments) });
  }
  return result;
}

/** They were deleted when the round was closed; this holds if the number in the code is raised later. */
const ifEnough = <T>(found: readonly T[]): readonly T[] | null => (found.length < FEWEST ? null : found);
