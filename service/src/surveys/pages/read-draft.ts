// Parses the survey form.
import { countGraphemes, type SurveyKind } from '@deskwright/shared';
import { isScoreOf } from '../survey-scale.ts';

export const COMMENT_LIMIT = 2_000;

/** The same letters on every machine: one kind of line end, and no control characters, of which PostgreSQL refuses NUL. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

export interface Draft {
  /** Null: nothing that is a score of this survey. */
  score: number | null;
  comment: string;
  problems: { field: 'score' | 'comment'; commentLength: number }[];
}

/** Reads a form body; further fields are ignored. Without problems, `score` is there. What the customer wrote is kept for showing it again. */
export function readDraft(survey: SurveyKind, body: unknown): Draft {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const comment = typeof fields.comment === 'string' ? tidy(fields.comment) : '';
  const score = readScore(survey, fields.score);
  // As a person counts them, whatever a letter is made of.
  const commentLength = countGraphemes(comment);
  const problems: Draft['problems'] = [];
  if (score === null) problems.push({ field: 'score', commentLength });
  if (commentLength > COMMENT_LIMIT) problems.push({ field: 'comment', commentLength });
  return { score, comment, problems };
}

/** A score in the address only chooses a radio button beforehand. Null: none, or not one of this survey. */
export function readChosenScore(survey: SurveyKind, query: Record<string, unknown>): number | null {
  return readScore(survey, query.score);
}

/** A digit, as a radio button sends it. */
function readScore(survey: SurveyKind, sent: unknown): number | null {
  const score = typeof sent === 'string' && /^\d$/.test(sent) ? Number(sent) : Number.NaN;
  return isScoreOf(survey, score) ? score : null;
}
