// Defines what the report about a survey is built from.
import { type CalendarPeriod, calendarPeriod, localDate, type PeriodLength, type Policy } from '@deskwright/shared';
import { readBrands, readGroups } from '../../directory/directory.ts';
import type { Histogram } from '../../figures/intervals.ts';
import type { ByDimension } from '../../figures/survey-cells.ts';
import { readMarks } from '../../history/index.ts';
import {
  type CustomerSurvey,
  driverName,
  type FollowUpResults,
  readFollowUpResults,
  readQuarterScores,
  readSkipped,
  readSurveyCells,
  type Skipped,
  type SurveyCells,
  type SurveyQuery,
} from '../../surveys/index.ts';
import type { ReadDeps, ReportPeriods, ScopeRequest } from '../report-request.ts';
import { type LaunchMark, marksWithin } from '../support/read-support-data.ts';
import { describeScope } from '../support/support-scope.ts';
import { type AtRiskData, readAtRiskData } from './at-risk-report.ts';

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
