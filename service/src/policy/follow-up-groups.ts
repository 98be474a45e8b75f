// Lists the groups that own follow-ups by the policy.
import { CUSTOMER_SURVEYS, type CustomerSurvey, type Policy } from '@deskwright/shared';

interface FollowUpGroup {
  readonly survey: CustomerSurvey;
  /** Its name in Zendesk. */
  readonly group: string;
}

/** Of surveys whose bad answers are followed up. */
export function followUpGroups({ surveys }: Pick<Policy, 'surveys'>): FollowUpGroup[] {
  return CUSTOMER_SURVEYS.flatMap((survey) => {
    const { action, group } = surveys[survey]?.follow_up ?? {};
    return group === undefined || action === 'none' ? [] : [{ survey, group }];
  });
}
