// Parses the survey form.
import { countGraphemes, type SurveyKind } from '@deskwright/shared';
import { isScoreOf } from '../survey-scale.ts';

export const COMMENT_LIMIT = 2_000;

/** Normalizes line ends and drops control characters (PostgreSQL rejects NUL). */
function normalize(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

export interface Draft {
  /** Null: no valid score of this survey was sent. */
  score: number | null;
  comment: string;
  problems: { field: 'score' | 'comment'; commentLength: number }[];
}

/** Reads a form body; unknown fields are ignored. Without problems, `score` is set. The comment is kept so that the form can be shown again. */
export function readDraft(survey: SurveyKind, body: unknown): Draft {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const comment = typeof fields.comment === 'string' ? normalize(fields.comment) : '';
  const score = readScore(survey, fields.score);
  // Graphemes: what a person counts as one character.
  const commentLength = countGraphemes(comment);
  const problems: Draft['problems'] = [];
  if (score === null) problems.push({ field: 'score', commentLength });
  if (commentLength > COMMENT_LIMIT) problems.push({ field: 'comment', commentLength });
  return { score, comment, problems };
}

/** A score in the address only preselects a radio button. Null: none, or not a score of this survey. */
export function readChosenScore(survey: SurveyKind, query: Record<string, unknown>): number | null {
  return readScore(survey, query.score);
}

/** A digit, as a radio button sends it. */
function readScore(survey: SurveyKind, sent: unknown): number | null {
  const score = typeof sent === 'string' && /^\d$/.test(sent) ? Number(sent) : Number.NaN;
  return isScoreOf(survey, score) ? score : null;
}
