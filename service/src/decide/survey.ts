// How is the customer asked, once the ticket is solved?
import type { Policy, Reasoned, SurveyKind } from '@deskwright/shared';

/** The category's own survey, else the policy's default; null when that is `none`. */
export function surveyOf(categoryId: string, policy: Policy): Reasoned<SurveyKind | null> {
  const own = policy.categories.find((one) => one.id === categoryId)?.survey;
  if (own !== undefined) return { value: own, reason: { by: 'category', categoryId } };
  const fallback = policy.default_survey;
  return { value: fallback === 'none' ? null : fallback, reason: { by: 'default', key: 'default_survey' } };
}
