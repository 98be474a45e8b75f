// Reads the brand under which customers are asked: its name, and the style of its scales.
import { type SurveyKind, scoresOf } from '@deskwright/shared';
import type { SurveyPolicy } from './survey-policy.ts';

export const brandOf = ({ company, surveys }: Pick<SurveyPolicy, 'company' | 'surveys'>): string =>
  surveys.page?.brand ?? company;

/** There are faces for five scores only. */
export function lookOf(survey: SurveyKind, { surveys }: Pick<SurveyPolicy, 'surveys'>): 'emoji' | 'stars' | 'numbers' {
  const isFive = scoresOf(survey).length === 5;
  const wanted = surveys.page?.look?.[survey] ?? 'emoji';
  return wanted === 'emoji' && !isFive ? 'numbers' : wanted;
}
