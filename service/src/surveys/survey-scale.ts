// Defines the scores of each survey and their tags.
import type { SurveyKind } from '@deskwright/shared';

/**
 * CSAT: satisfaction, 1 to 5. CES 2.0: agreement with "... made it easy for me to handle my issue", 1 to 7
 * (Dixon, Toman and DeLisi, "The Effortless Experience", 2013).
 */
export const HIGHEST_SCORE: Readonly<Record<SurveyKind, number>> = { csat: 5, ces: 7 };

/** The lowest good score: CSAT counts the top two, CES 2.0 every degree of agreement. */
export const GOOD_FROM: Readonly<Record<SurveyKind, number>> = { csat: 4, ces: 5 };

/** All scores, lowest first. */
export function scoresOf(survey: SurveyKind): readonly number[] {
  return Array.from({ length: HIGHEST_SCORE[survey] }, (_, index) => index + 1);
}

export function isScoreOf(survey: SurveyKind, score: number): boolean {
  return Number.isInteger(score) && score >= 1 && score <= HIGHEST_SCORE[survey];
}

/** `csat__4`: the tag that records an answer on a ticket. */
export function scoreTag(survey: SurveyKind, score: number): string {
  return `${survey}__${score}`;
}
