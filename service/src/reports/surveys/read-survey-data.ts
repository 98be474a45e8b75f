// Reads what the report about a survey is built from.
import { calendarPeriod, type PeriodLength } from '@deskwright/shared';
import { readGroups } from '../../directory/directory.ts';
import type { Histogram } from '../../figures/intervals.ts';
import { histogramOf } from '../../figures/survey-cells.ts';
import { type CustomerSurvey, readSurveyCells } from '../../surveys/index.ts';
import type { ReportPeriods } from '../report-period.ts';
import type { ReadDeps, ScopeRequest } from '../report-request.ts';
import { describeScope } from '../support/support-scope.ts';
import type { SurveyReportData } from './survey-report-data.ts';

export interface SurveyRequest extends Omit<ScopeRequest, 'department'>, Omit<ReportPeriods, 'days'> {
  readonly survey: CustomerSurvey;
  readonly length: PeriodLength;
}

/** How many quarters a score can be told to be maintained for. */
const MOST_QUARTERS = 8;

/** @throws Error for a tier or category that the policy does not have */
export async function readSurveyData(deps: ReadDeps, request: SurveyRequest): Promise<SurveyReportData> {
  const { db, now, link } = deps;
  const { policy } = deps.policy;
  const { survey, length, period, before, tier, categories } = request;
  const about = describeScope({ tier, categories }, policy);
  const read = ({ from, to }: { from: number; to: number }) =>
    readSurveyCells(db, {
      survey,
      tier,
      categories,
      timeZone: policy.time_zone,
      from: new Date(from),
      to: new Date(to),
    });
  const quarters: Histogram[] = [];
  for (let back = MOST_QUARTERS - 1; back >= 0; back--) {
    const { from, to } = calendarPeriod('quarter', period.to - 1, policy.time_zone, -back);
    quarters.push(histogramOf((await read({ from, to: Math.min(to, period.to) })).cleaned));
  }
  const groups = new Map([...(await readGroups(db))].map(([name, id]) => [String(id), name]));
  const [cells, cellsBefore] = [await read(period), await read(before)];
  return { survey, length, policy, now, period, before, about, link, groups, cells, cellsBefore, quarters };
}
