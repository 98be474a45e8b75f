// Reads what the company page shows: the score of each survey, its trend, and reasons. No names, tickets or words.
import { calendarPeriod, type PeriodLength, type Policy, SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import type { Change } from '../../figures/changes.ts';
import { allAnswers, histogramOf, type ResponseRate, responseRate } from '../../figures/survey-cells.ts';
import { changeOfSurvey } from '../../figures/survey-changes.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { CUSTOMER_SURVEYS, type CustomerSurvey, type ImportSource, readSurveyCells } from '../../surveys/index.ts';
import { periodsOf } from '../report-period.ts';

export const COMPANY_PERIODS = ['week', 'month', 'quarter'] as const satisfies readonly PeriodLength[];
export type CompanyPeriod = (typeof COMPANY_PERIODS)[number];

/** Of fewer customers nothing is told: who knows one of them could tell what they answered. */
export const SMALL_BELOW = 5;
/** How many periods a trend goes back. */
const PERIODS = 8;
const MOST_DRIVERS = 6;

export interface TrendPoint {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Null: fewer answers than are told. */
  readonly score: SurveyScore | null;
}

export interface CompanySurvey {
  readonly survey: CustomerSurvey;
  /** Null: fewer answers than are told. */
  readonly score: SurveyScore | null;
  /** Against the period before; `unclear` also with too few answers. */
  readonly change: Change;
  /** Null: fewer were asked than are told, or nobody is known to have been asked. */
  readonly response: ResponseRate | null;
  /** The oldest first; the last one is the period of `score`. */
  readonly trend: readonly TrendPoint[];
  /** Ids of reasons that customers ticked or wrote about, with their share of the answers; the most frequent first. */
  readonly drivers: readonly { readonly driver: string; readonly share: number }[];
  readonly imported: readonly { readonly source: ImportSource; readonly n: number }[];
}

export interface CompanyFigures {
  readonly over: CompanyPeriod;
  /** Epoch milliseconds: of the last period that is over. */
  readonly period: { readonly from: number; readonly to: number };
  /** Of surveys that the policy asks, or that have answers. */
  readonly surveys: readonly CompanySurvey[];
}

interface FiguresQuery {
  readonly over: CompanyPeriod;
  readonly policy: Pick<Policy, 'surveys' | 'time_zone'>;
  readonly now: Date;
}

export async function readCompanyFigures(db: Queryable, { over, policy, now }: FiguresQuery): Promise<CompanyFigures> {
  const { time_zone: timeZone } = policy;
  const { period, before } = periodsOf(over, null, now.getTime(), timeZone);
  const surveys: CompanySurvey[] = [];
  for (const survey of CUSTOMER_SURVEYS) {
    const read = ({ from, to }: { from: number; to: number }) =>
      readSurveyCells(db, { survey, timeZone, from: new Date(from), to: new Date(to) });
    const [cells, cellsBefore] = [await read(period), await read(before)];
    const trend = await readTrend(db, { survey, over, timeZone, period });
    if (policy.surveys[survey] === undefined && trend.every(({ n }) => n === 0)) continue;
    const answers = allAnswers(cells.cleaned);
    const score = scoreSurvey(survey, answers);
    const response = responseRate(cells.asked.category);
    const imported = new Map<ImportSource, number>();
    for (const { source, n } of cells.imported) imported.set(source, (imported.get(source) ?? 0) + n);
    surveys.push({
      survey,
      score: shown(score),
      change: changeOfSurvey(survey, allAnswers(cellsBefore.cleaned), answers),
      response: response.asked < SMALL_BELOW ? null : response,
      trend: trend.map(({ from, answers: of }) => ({ from, score: shown(scoreSurvey(survey, of)) })),
      drivers: score.n < SMALL_BELOW ? [] : shareOfDrivers(cells.drivers, score.n),
      imported: score.n < SMALL_BELOW ? [] : [...imported].map(([source, n]) => ({ source, n })),
    });
  }
  return { over, period, surveys };
}

const shown = (score: SurveyScore): SurveyScore | null => (score.n < SMALL_BELOW ? null : score);

function shareOfDrivers(
  cells: readonly { readonly driver: string; readonly n: number }[],
  answers: number,
): CompanySurvey['drivers'] {
  const counts = new Map<string, number>();
  for (const { driver, n } of cells) counts.set(driver, (counts.get(driver) ?? 0) + n);
  return [...counts]
    .filter(([, n]) => n >= SMALL_BELOW)
    .map(([driver, n]) => ({ driver, share: n / answers }))
    .toSorted((a, b) => b.share - a.share || a.driver.localeCompare(b.driver))
    .slice(0, MOST_DRIVERS);
}

async function readTrend(
  db: Queryable,
  asked: { survey: CustomerSurvey; over: CompanyPeriod; timeZone: string; period: { from: number; to: number } },
) {
  const { survey, over, timeZone, period } = asked;
  const starts = Array.from(
    { length: PERIODS },
    (_, n) => calendarPeriod(over, period.from, timeZone, n - PERIODS + 1).from,
  );
  const between = (at: SQL): SQL =>
    sql`${at} >= ${new Date(starts[0] ?? period.from).toISOString()} AND ${at} < ${new Date(period.to).toISOString()}`;
  // Which period an answer lies in is found by its start, so that no other calendar than that of the policy is used.
  const { rows } = await db.execute<{ nth: number; score: number; n: number }>(sql`
    SELECT width_bucket(at, ${sql.param(starts.map((from) => new Date(from).toISOString()))}::timestamptz[]) AS nth, score, count(*)::int AS n
    FROM (
      SELECT r.answered_at AS at, r.score FROM responses r JOIN invitations i ON i.id = r.invitation_id
      WHERE i.survey = ${survey} AND ${between(sql`r.answered_at`)}
      UNION ALL
      SELECT answered_at, score FROM imported_answers WHERE survey = ${survey} AND ${between(sql`answered_at`)}
    ) given GROUP BY 1, 2`);
  return starts.map((from, index) => {
    const own = rows.filter(({ nth }) => nth === index + 1);
    return { from, n: own.reduce((sum, { n }) => sum + n, 0), answers: histogramOf(own) };
  });
}

/** The scale of a chart: NPS from −100 to 100, shares from 0 to 1. */
export const scaleOf = (survey: CustomerSurvey): readonly [lowest: number, highest: number] =>
  SURVEY_KINDS[survey] === SURVEY_KINDS.nps ? [-100, 100] : [0, 1];
