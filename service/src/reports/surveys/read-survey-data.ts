// Reads what the report about a survey is built from.
import { calendarPeriod, localDate, type PeriodLength } from '@deskwright/shared';
import { readBrands, readGroups } from '../../directory/directory.ts';
import type { Histogram } from '../../figures/intervals.ts';
import type { ByDimension } from '../../figures/survey-cells.ts';
import { readMarks } from '../../history/index.ts';
import {
  type CustomerSurvey,
  driverName,
  readFollowUpResults,
  readQuarterScores,
  readSkipped,
  readSurveyCells,
  type SurveyCells,
  type SurveyQuery,
} from '../../surveys/index.ts';
import type { ReportPeriods } from '../report-period.ts';
import type { ReadDeps, ScopeRequest } from '../report-request.ts';
import { marksWithin } from '../support/read-support-data.ts';
import { describeScope } from '../support/support-scope.ts';
import { readAtRiskData } from './at-risk-section.ts';
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
  const query = ({ from, to }: { from: number; to: number }) => ({
    survey,
    tier,
    categories,
    timeZone: policy.time_zone,
    from: new Date(from),
    to: new Date(to),
  });
  const quarters = await readQuarters(deps, query, period);
  const names = (ids: ReadonlyMap<string, number>) => new Map([...ids].map(([name, id]) => [String(id), name]));
  const brandIds = await readBrands(db);
  const [groups, brands] = [names(await readGroups(db)), names(brandIds)];
  const cells = withBrandIds(await readSurveyCells(db, query(period)), brandIds);
  const followUps = await readFollowUpResults(db, query(period), now);
  const cellsBefore = withBrandIds(await readSurveyCells(db, query(before)), brandIds);
  return {
    survey,
    length,
    policy,
    now,
    period,
    before,
    about,
    link,
    groups,
    brands,
    ticketUrl: deps.ticketUrl,
    driverName: (id) => driverName(policy, id),
    followUps,
    atRisk: survey === 'nps' && about === null ? await readAtRiskData(deps) : null,
    cells,
    cellsBefore,
    quarters,
    skipped: await readSkipped(db, query(period)),
    marks: await readOwnMarks(deps, request),
  };
}

/** What a launch did to arrivals belongs to the report about support. */
async function readOwnMarks(
  { db, now, policy: { policy } }: ReadDeps,
  request: SurveyRequest,
): Promise<SurveyReportData['marks']> {
  const period = { from: new Date(request.period.from), to: new Date(request.period.to) };
  const marks = marksWithin(await readMarks(db, period, { policy, now }), request);
  return marks.map((mark) => ({ ...mark, effect: null }));
}

/** An answer about no ticket has its campaign's brand by name, all others by id: of one brand they are told together. */
function withBrandIds(cells: SurveyCells, ids: ReadonlyMap<string, number>): SurveyCells {
  const idOf = (value: string | null) => (value === null ? null : String(ids.get(value) ?? value));
  const withId = <Cell extends { readonly value: string | null }>(by: ByDimension<Cell>): ByDimension<Cell> => ({
    ...by,
    brand: by.brand.map((cell) => ({ ...cell, value: idOf(cell.value) })),
  });
  return { ...cells, cleaned: withId(cells.cleaned), raw: withId(cells.raw), asked: withId(cells.asked) };
}

/** The oldest first; one without answers is empty. */
async function readQuarters(
  { db, policy }: ReadDeps,
  query: (of: { from: number; to: number }) => SurveyQuery,
  { to }: { to: number },
): Promise<Histogram[]> {
  const timeZone = policy.policy.time_zone;
  const backTo = (back: number): number => calendarPeriod('quarter', to - 1, timeZone, -back).from;
  const starts = Array.from({ length: MOST_QUARTERS }, (_, n) => backTo(MOST_QUARTERS - 1 - n));
  const scores = await readQuarterScores(db, query({ from: starts[0] ?? to, to }));
  return starts.map((start) => scores.get(localDate(start, timeZone)) ?? []);
}
