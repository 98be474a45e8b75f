// Defines what the report about a survey is built from.
import type { CalendarPeriod, PeriodLength, Policy } from '@deskwright/shared';
import type { Histogram } from '../../figures/intervals.ts';
import type { CustomerSurvey, FollowUpResults, Skipped, SurveyCells } from '../../surveys/index.ts';
import type { LaunchMark } from '../support/support-data.ts';
import type { AtRiskData } from './at-risk-section.ts';

export interface SurveyReportData {
  readonly survey: CustomerSurvey;
  readonly length: PeriodLength;
  readonly policy: Pick<Policy, 'company' | 'time_zone' | 'categories' | 'tiers' | 'surveys' | 'goals'>;
  readonly now: Date;
  readonly period: CalendarPeriod;
  readonly before: CalendarPeriod;
  /** What it is limited to; null: nothing. */
  readonly about: string | null;
  readonly link: string | null;
  /** Names of Zendesk's groups by id. */
  readonly groups: ReadonlyMap<string, string>;
  /** Of its brands. */
  readonly brands: ReadonlyMap<string, string>;
  /** How a driver is called. */
  readonly driverName: (id: string) => string;
  readonly followUps: FollowUpResults;
  /** Of the report about NPS as a whole, as it stands now; null: of others. */
  readonly atRisk: AtRiskData | null;
  readonly ticketUrl: (id: number) => string;
  readonly cells: SurveyCells;
  readonly cellsBefore: SurveyCells;
  /** The answers of the quarters up to the one in which the period ends, the oldest first. */
  readonly quarters: readonly Histogram[];
  /** Who was not surveyed or reminded in the period, most first. */
  readonly skipped: readonly Skipped[];
  /** Launches and changes of the policy within the period, the oldest first. */
  readonly marks: readonly LaunchMark[];
}
