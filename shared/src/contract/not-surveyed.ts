// Declares why customers were not surveyed, as the dashboard counts them.
import type { SurveyKind } from '../words/survey-kinds.ts';

/** Each ends an invitation for good. */
export const NOT_SURVEYED_REASONS = [
  'reopened',
  'merged',
  'closed_by_merge',
  'spam',
  'deleted',
  'erased',
  'requester_suspended',
  'requester_is_agent',
  'requester_is_customer',
  'requester_unknown',
  'no_email',
  'unsubscribed',
  'contacted_recently',
  'new_customer',
  'same_address',
  'over_quota',
  'in_other_campaign',
  'too_few_for_anonymity',
  'campaign_stopped',
  'sampled_out',
  'outside_cohort',
  'brand_not_configured',
  'conditions_not_met',
  'follow_up',
  'too_late',
  'survey_not_configured',
  'not_activated',
  'mail_recipient_refused',
] as const;

export type NotSurveyedReason = (typeof NOT_SURVEYED_REASONS)[number];

/** How many surveys that were due were not sent. */
export interface NotSurveyed {
  readonly survey: SurveyKind;
  /** One of `NOT_SURVEYED_REASONS`, or of a newer service. */
  readonly reason: string;
  readonly n: number;
}
