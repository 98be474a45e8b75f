// Reads what the company page shows: the score of each survey, its trend, and reasons. No names, tickets or words.
import { calendarPeriod, type PeriodLength, type Policy, SURVEY_KINDS } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Change } from '../../figures/changes.ts';
import { allAnswers, histogramOf, type ResponseRate, responseRate } from '../../figures/survey-cells.ts';
import { changeOfSurvey } from '../../figures/survey-changes.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import { listAnnotations } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { countryOfTimeZone } from '../../slack/country-of-time-zone.ts';
import { redact } from '../../slack/redact.ts';
import { CUSTOMER_SURVEYS, type CustomerSurvey, type ImportSource, readSurveyCells } from '../../surveys/index.ts';
import { periodsOf } from '../report-request.ts';
import { publishablePeriods, type Span } from './publishable-periods.ts';

export const COMPANY_PERIODS = ['week', 'month', 'quarter'] as const satisfies readonly PeriodLength[];
export type CompanyPeriod = (typeof COMPANY_PERIODS)[number];

/** Of fewer customers nothing is told: who knows one of them could tell what they answered. */
export const SMALL_BELOW = 5;
/** How many periods a trend goes back. */
const PERIODS = 8;
/** Whole years before this one: eight quarters, and more. */
const YEARS = 3;
const MOST_DRIVERS = 6;

export interface TrendPoint {
  /** Epoch milliseconds. */
  readonly from: number;
  /** Null: few answers, or a difference to other periods would tell of few. */
  readonly score: SurveyScore | null;
}

export interface CompanySurvey {
  readonly survey: CustomerSurvey;
  /** Null: few answers, or a difference to other periods would tell of few. */
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

/** A launch that somebody marked for everybody. */
export interface CompanyMark {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Without addresses and numbers of people. */
  readonly text: string;
}

export interface CompanyFigures {
  readonly over: CompanyPeriod;
  /** Epoch milliseconds: of the last period that is over. */
  readonly period: { readonly from: number; readonly to: number };
  /** Of surveys that the policy asks, or that have answers. */
  readonly surveys: readonly CompanySurvey[];
  /** Of the time of the trends, the oldest first. */
  readonly marks: readonly CompanyMark[];
}

interface FiguresQuery {
  readonly over: CompanyPeriod;
  readonly policy: Pick<Policy, 'surveys' | 'time_zone'>;
  readonly now: Date;
}

export async function readCompanyFigures(db: Queryable, { over, policy, now }: FiguresQuery): Promise<CompanyFigures> {
  const { time_zone: timeZone } = policy;
  const { period, before } = periodsOf(over, null, now.getTime(), timeZone);
  const periods = allPeriods(now.getTime(), timeZone);
  const surveys: CompanySurvey[] = [];
  for (const survey of CUSTOMER_SURVEYS) {
    const read = ({ from, to }: { from: number; to: number }) =>
      readSurveyCells(db, { survey, timeZone, from: new Date(from), to: new Date(to) });
    const given = await readAnswers(db, survey, periods);
    if (policy.surveys[survey] === undefined && !given.any) continue;
    const [cells, cellsBefore] = [await read(period), await read(before)];
    const answers = allAnswers(cells.cleaned);
    const score = scoreSurvey(survey, answers);
    const isPublished = given.isPublished(period);
    const response = responseRate(cells.asked.category);
    const imported = new Map<ImportSource, number>();
    for (const { source, n } of cells.imported) imported.set(source, (imported.get(source) ?? 0) + n);
    surveys.push({
      survey,
      score: isPublished ? score : null,
      change:
        isPublished && given.isPublished(before)
          ? changeOfSurvey(survey, allAnswers(cellsBefore.cleaned), answers)
          : 'unclear',
      response: response.asked < SMALL_BELOW || (score.n > 0 && !isPublished) ? null : response,
      trend: trendPeriods(over, period, timeZone).map((one) => ({
        from: one.from,
        score: given.isPublished(one) ? scoreSurvey(survey, given.of(one)) : null,
      })),
      drivers: isPublished ? shareOfDrivers(cells.drivers, score.n) : [],
      imported: isPublished ? [...imported].map(([source, n]) => ({ source, n })) : [],
    });
  }
  const [first = period] = trendPeriods(over, period, timeZone);
  return { over, period, surveys, marks: await readLaunches(db, { from: first.from, to: period.to }, timeZone) };
}

/** Those of one category are for support. Whoever marked them may not have thought of everybody who reads them here. */
async function readLaunches(db: Queryable, { from, to }: Span, timeZone: string): Promise<CompanyMark[]> {
  const countries = [countryOfTimeZone(timeZone)].flatMap((country) => country ?? []);
  const marks = (await listAnnotations(db)).filter(({ category }) => category === null);
  return marks
    .map(({ at, text }) => ({ at: at.getTime(), text: redact(text, countries) }))
    .filter(({ at }) => at >= from && at < to)
    .toReversed();
}

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

/** The last period of a trend and those before it. */
const trendPeriods = (over: CompanyPeriod, last: Span, timeZone: string): Span[] =>
  Array.from({ length: PERIODS }, (_, n) => calendarPeriod(over, last.from, timeZone, n - PERIODS + 1));

/**
 * All weeks, months and quarters that are over, back to the beginning of a year before the oldest trend: which of them are published does not change as
 * time goes on.
 */
function allPeriods(now: number, timeZone: string): Span[] {
  const since = DateTime.fromMillis(now, { zone: timeZone }).startOf('year').minus({ years: YEARS }).toMillis();
  return COMPANY_PERIODS.flatMap((over) => {
    const periods: Span[] = [];
    for (let shift = -1; ; shift -= 1) {
      const period = calendarPeriod(over, now, timeZone, shift);
      if (period.from < since) return periods;
      periods.push(period);
    }
  });
}

/** Which periods may be told, and the answers of each. */
async function readAnswers(db: Queryable, survey: CustomerSurvey, periods: readonly Span[]) {
  const answersAt = [...new Set(periods.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const iso = answersAt.map((at) => new Date(at).toISOString());
  const between = (at: SQL): SQL => sql`${at} >= ${iso[0]} AND ${at} < ${iso.at(-1)}`;
  // Which period an answer lies in is found by its start, so that no other calendar than that of the policy is used.
  const { rows } = await db.execute<{ nth: number; score: number; n: number }>(sql`
    SELECT width_bucket(at, ${sql.param(iso)}::timestamptz[]) AS nth, score, count(*)::int AS n
    FROM (
      SELECT r.answered_at AS at, r.score FROM responses r JOIN invitations i ON i.id = r.invitation_id
      WHERE i.survey = ${survey} AND ${between(sql`r.answered_at`)}
      UNION ALL
      SELECT answered_at, score FROM imported_answers WHERE survey = ${survey} AND ${between(sql`answered_at`)}
    ) given GROUP BY 1, 2`);
  const counts = answersAt.map(() => 0);
  for (const { nth, n } of rows) counts[nth - 1] = (counts[nth - 1] ?? 0) + n;
  const published = new Set([...publishablePeriods(periods, { answersAt, counts }, SMALL_BELOW)].map(keyOf));
  return {
    any: rows.length > 0,
    isPublished: (period: Span): boolean => published.has(keyOf(period)),
    of: ({ from, to }: Span) =>
      histogramOf(
        rows.filter(({ nth }) => {
          const at = answersAt[nth - 1] ?? to;
          return at >= from && at < to;
        }),
      ),
  };
}

const keyOf = ({ from, to }: Span): string => `${from}-${to}`;

/** The scale of a chart: NPS from −100 to 100, shares from 0 to 1. */
export const scaleOf = (survey: CustomerSurvey): readonly [lowest: number, highest: number] =>
  SURVEY_KINDS[survey] === SURVEY_KINDS.nps ? [-100, 100] : [0, 1];
