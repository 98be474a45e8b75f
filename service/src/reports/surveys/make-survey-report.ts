// Makes the report about a survey from what is stored.
import type { Report } from '../engine/report.ts';
import { periodsOf } from '../report-period.ts';
import type { ReadDeps } from '../report-request.ts';
import { buildSurveyReport } from './build-survey-report.ts';
import { readSurveyData, type SurveyRequest } from './read-survey-data.ts';

/**
 * @param within epoch milliseconds in the period; null: the last one that is over
 * @throws Error for a tier or category that the policy does not have
 */
export async function makeSurveyReport(
  deps: ReadDeps,
  { within, ...request }: Omit<SurveyRequest, 'period' | 'before'> & { readonly within: number | null },
): Promise<Report> {
  const { period, before } = periodsOf(request.length, within, deps.now.getTime(), deps.policy.policy.time_zone);
  return makeSurveyReportOf(deps, { ...request, period, before });
}

/** The same over given periods. */
export const makeSurveyReportOf = async (deps: ReadDeps, request: SurveyRequest): Promise<Report> =>
  buildSurveyReport(await readSurveyData(deps, request));
