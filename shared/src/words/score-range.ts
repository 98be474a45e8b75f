// Reads which scores of a survey the policy means.
import { isScoreOf, SURVEY_KINDS, type SurveyKind, scoresOf } from './survey-kinds.ts';

/** The scores that a class (`detractor`), a range (`0-6`) or one score names, lowest first. Null: it names none. */
export function readScoreRange(survey: SurveyKind, given: unknown): readonly number[] | null {
  const scores = scoresOf(survey);
  const { classes } = SURVEY_KINDS[survey];
  const at = classes.findIndex(({ name }) => name === given);
  const next = classes[at + 1]?.from ?? Number.POSITIVE_INFINITY;
  if (at !== -1) return scores.filter((score) => score >= (classes[at]?.from ?? 0) && score < next);
  const [, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(String(given)) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!isScoreOf(survey, from) || !isScoreOf(survey, to) || from > to) return null;
  return scores.filter((score) => score >= from && score <= to);
}
