// Selects the parts of the policy that surveys need.
import type { Policy } from '@deskwright/shared';

export type SurveyPolicy = Pick<Policy, 'company' | 'time_zone' | 'business_hours' | 'surveys'>;
