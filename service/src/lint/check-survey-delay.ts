// Finds surveys that are sent when Zendesk has closed the ticket.
import {
  type Duration,
  openBetween,
  type Policy,
  parseDuration,
  SURVEYS,
  toBusinessCalendar,
} from '@deskwright/shared';
import type { LintFinding } from './finding.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/**
 * The automation that every account begins with closes tickets 4 days after they are solved, and Zendesk closes every solved ticket after
 * 28 days at the latest (https://support.zendesk.com/hc/en-us/articles/4408835051546).
 */
const CLOSED_AFTER_HOURS = 96;
const ALWAYS_CLOSED_AFTER_HOURS = 28 * 24;

/** @param closedAfterHours as the account's automation says, if known */
export function checkSurveyDelay(policy: Policy, closedAfterHours = CLOSED_AFTER_HOURS): readonly LintFinding[] {
  return SURVEYS.flatMap((kind): LintFinding[] => {
    const survey = policy.surveys[kind];
    const delay = survey === undefined ? null : parseDuration(survey.delay);
    const hours = delay === null || delay === undefined ? 0 : hoursOf(delay, policy);
    const limit = Math.min(closedAfterHours, ALWAYS_CLOSED_AFTER_HOURS);
    if (hours <= limit) return [];
    return [
      {
        code: 'survey-after-closing',
        severity: 'warning',
        path: ['surveys', kind, 'delay'],
        at: 'value',
        message:
          `${kind} is sent ${survey?.delay} after a ticket is solved, and Zendesk closes tickets ` +
          `${limit / 24} days after: the answer can change nothing in a closed ticket`,
        proof: [],
      },
    ];
  });
}

function hoursOf({ amount, unit }: Duration, policy: Policy): number {
  switch (unit) {
    case 'm':
      return amount / 60;
    case 'h':
      return amount;
    case 'd':
      return amount * 24;
    case 'bh': {
      const open = openBetween(
        0,
        WEEK,
        toBusinessCalendar({ ...policy, business_hours: { ...policy.business_hours, holidays: [] } }),
      );
      const hoursAWeek = open.reduce((sum, { from, to }) => sum + to - from, 0) / HOUR;
      return hoursAWeek === 0 ? 0 : (amount / hoursAWeek) * (WEEK / HOUR);
    }
  }
}
