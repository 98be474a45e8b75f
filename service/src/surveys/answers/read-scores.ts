// Reads the scores of surveys twice: as they were sent, and as they count.
import { ALL_SURVEYS, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

interface Scores {
  readonly n: number;
  /** Null: no scores. */
  readonly mean: number | null;
  /** The share of good scores, 0 to 1. Null: no scores. */
  readonly good: number | null;
}

export interface RawAndCleaned {
  readonly survey: SurveyKind;
  /** The last submission of each invitation, whoever sent it. */
  readonly raw: Scores;
  /** The answers that count. */
  readonly cleaned: Scores;
  /** Of all submissions. */
  readonly verdicts: Readonly<Record<'human' | 'doubtful' | 'machine', number>>;
}

/**
 * Of the surveys that were sent since, each kind that has any. An answer from before submissions were kept counts in both. Of an anonymous survey
 * with fewer answers than it needs nothing is told.
 */
export async function readScores(db: Queryable, since: Date): Promise<RawAndCleaned[]> {
  const moment = since.toISOString();
  const { rows } = await db.execute<Row>(sql`
    WITH sent AS (SELECT id, survey FROM invitations WHERE sent_at >= ${moment}),
    last AS (SELECT DISTINCT ON (u.invitation_id) u.invitation_id, u.score FROM survey_submissions u JOIN sent ON sent.id = u.invitation_id
      ORDER BY u.invitation_id, u.at DESC, u.id DESC),
    scores AS (SELECT s.survey, coalesce(last.score, r.score) AS raw, r.score AS cleaned FROM sent s
      LEFT JOIN last ON last.invitation_id = s.id LEFT JOIN responses r ON r.invitation_id = s.id),
    verdicts AS (SELECT s.survey, count(*) FILTER (WHERE verdict = 'human')::int AS human,
      count(*) FILTER (WHERE verdict = 'doubtful')::int AS doubtful, count(*) FILTER (WHERE verdict = 'machine')::int AS machine
      FROM survey_submissions u JOIN sent s ON s.id = u.invitation_id GROUP BY s.survey)
    SELECT x.survey, array_agg(raw) FILTER (WHERE raw IS NOT NULL) AS raw, array_agg(cleaned) FILTER (WHERE cleaned IS NOT NULL) AS cleaned,
      coalesce(max(human), 0) AS human, coalesce(max(doubtful), 0) AS doubtful, coalesce(max(machine), 0) AS machine
    FROM scores x LEFT JOIN verdicts v ON v.survey = x.survey GROUP BY x.survey`);
  return ALL_SURVEYS.flatMap((survey) => {
    const row = rows.find((one) => one.survey === survey);
    const { anonymousUnder } = SURVEY_KINDS[survey];
    if (!row?.raw || (row.cleaned?.length ?? 0) < (anonymousUnder ?? 0)) return [];
    const { human, doubtful, machine } = row;
    const verdicts = { human, doubtful, machine };
    return [{ survey, raw: summarize(survey, row.raw), cleaned: summarize(survey, row.cleaned ?? []), verdicts }];
  });
}

interface Row extends Record<string, unknown> {
  survey: string;
  raw: number[] | null;
  cleaned: number[] | null;
  human: number;
  doubtful: number;
  machine: number;
}

function summarize(survey: SurveyKind, scores: readonly number[]): Scores {
  const n = scores.length;
  if (n === 0) return { n, mean: null, good: null };
  const good = scores.filter((score) => score >= SURVEY_KINDS[survey].goodFrom).length;
  return { n, mean: scores.reduce((sum, score) => sum + score, 0) / n, good: good / n };
}
