// What may a survey form send?
import type { SurveyKind } from '@deskwright/shared';
import { z } from 'zod';
import { isScoreOf } from '../../surveys/survey-scale.ts';

export const COMMENT_LIMIT = 2_000;

/** The same letters on every machine: one kind of line end, and no control characters, of which PostgreSQL refuses NUL. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** As a person counts them, whatever a letter is made of. */
const characters = (text: string) => Array.from(SEGMENTER.segment(text)).length;
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** `score` as a radio button sends it; further fields are ignored. */
function answerSchema(survey: SurveyKind) {
  return z.object({
    score: z
      .string()
      .regex(/^\d$/)
      .transform(Number)
      .refine((score) => isScoreOf(survey, score)),
    comment: z
      .string()
      .default('')
      .transform(tidy)
      .refine((comment) => characters(comment) <= COMMENT_LIMIT),
  });
}

export interface Draft {
  /** Null: nothing that is a score of this survey. */
  score: number | null;
  comment: string;
  problems: { field: 'score' | 'comment'; commentLength: number }[];
}

/** Reads a form body. Without problems, `score` is there. What the customer wrote is kept for showing it again. */
export function readDraft(survey: SurveyKind, body: unknown): Draft {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const comment = typeof fields.comment === 'string' ? tidy(fields.comment) : '';
  const parsed = answerSchema(survey).safeParse({ ...fields, comment });
  const failed = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path[0]));
  const score = failed.has('score') ? null : Number(fields.score);
  const problems = (['score', 'comment'] as const)
    .filter((field) => failed.has(field))
    .map((field) => ({ field, commentLength: characters(comment) }));
  return { score, comment, problems };
}

/** A score in the address only chooses a radio button beforehand. Null: none, or not one of this survey. */
export function readChosenScore(survey: SurveyKind, query: Record<string, unknown>): number | null {
  const score = typeof query.score === 'string' && /^\d$/.test(query.score) ? Number(query.score) : Number.NaN;
  return isScoreOf(survey, score) ? score : null;
}
