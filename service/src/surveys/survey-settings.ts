// What of the policy do surveys need?
import type { Policy } from '@deskwright/shared';

export type SurveyPolicy = Pick<Policy, 'company' | 'time_zone' | 'business_hours' | 'surveys'>;
