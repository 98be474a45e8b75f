// Sums surveys by category, tier, group, language, channel, brand or week.
import type { SurveyKind } from '@deskwright/shared';
import { type Change, judgeTest, type Tested, testShares } from './changes.ts';
import { type Histogram, TOO_FEW_BELOW, wilsonInterval } from './intervals.ts';
import { testSurvey } from './survey-changes.ts';
import { type SurveyScore, scoreSurvey } from './survey-scores.ts';

export const SURVEY_DIMENSIONS = ['category', 'tier', 'group', 'language', 'channel', 'brand', 'week'] as const;
export type SurveyDimension = (typeof SURVEY_DIMENSIONS)[number];

/** Of one value of a dimension (null: unknown, or none; of weeks their Monday, as `2026-11-23`), how many answers have a score. */
export interface SurveyCell {
  readonly value: string | null;
  readonly score: number;
  readonly n: number;
}

/** How many were asked, and how many of them have answered. */
export interface AskedCell {
  readonly value: string | null;
  readonly asked: number;
  readonly answered: number;
}

/** The same answers by each dimension: all of them are in each list. */
export type ByDimension<Cell> = Readonly<Record<SurveyDimension, readonly Cell[]>>;

export const mapDimensions = <Cell>(cellsOf: (dimension: SurveyDimension) => readonly Cell[]): ByDimension<Cell> =>
  Object.fromEntries(
    SURVEY_DIMENSIONS.map((dimension) => [dimension, cellsOf(dimension)]),
  ) as unknown as ByDimension<Cell>;

interface SurveyGroup {
  /** Null: unknown, or none. */
  readonly value: string | null;
  readonly score: SurveyScore;
  /** Against all others; null: too few to judge. */
  readonly tested: Tested | null;
  readonly differs: Change;
  /** What the score of all would change by without this group; positive: the group lowers it. Null: there are no others. */
  readonly without: number | null;
}

/** The one with the most answers first; weeks in their order. */
export function scoreBy(
  survey: SurveyKind,
  by: ByDimension<SurveyCell>,
  dimension: SurveyDimension,
): readonly SurveyGroup[] {
  const cells = by[dimension];
  const all = scoreSurvey(survey, histogramOf(cells)).score ?? 0;
  return groupBy(cells, dimension, ({ n }) => n).map(([value, own]) => {
    const others = histogramOf(cells.filter((cell) => cell.value !== value));
    const rest = scoreSurvey(survey, others).score;
    const tested = testSurvey(survey, others, histogramOf(own));
    return {
      value,
      score: scoreSurvey(survey, histogramOf(own)),
      tested,
      differs: judgeTest(tested),
      without: rest === null ? null : rest - all,
    };
  });
}

export interface ResponseRate {
  readonly asked: number;
  readonly answered: number;
  /** 0 to 1; null: nobody was asked. */
  readonly rate: number | null;
  /** Wilson's, at 95 %. */
  readonly interval: readonly [low: number, high: number] | null;
}

/** Answered ÷ delivered (AAPOR Standard Definitions, response rate 1). */
export function responseRate(cells: readonly Omit<AskedCell, 'value'>[]): ResponseRate {
  const asked = cells.reduce((sum, cell) => sum + cell.asked, 0);
  const answered = cells.reduce((sum, cell) => sum + cell.answered, 0);
  return { asked, answered, rate: asked === 0 ? null : answered / asked, interval: wilsonInterval(answered, asked) };
}

interface ResponseGroup extends ResponseRate {
  readonly value: string | null;
  /** Against all others; null: too few to judge. */
  readonly tested: Tested | null;
  /** `down` is a group of which the score tells less than of the others. */
  readonly differs: Change;
}

/** The one that was asked most first; weeks in their order. */
export function responseBy(by: ByDimension<AskedCell>, dimension: SurveyDimension): readonly ResponseGroup[] {
  const cells = by[dimension];
  return groupBy(cells, dimension, ({ asked }) => asked).map(([value, own]) => {
    const mine = responseRate(own);
    const others = responseRate(cells.filter((cell) => cell.value !== value));
    const isEnough = Math.min(mine.asked, others.asked) >= TOO_FEW_BELOW;
    const share = ({ answered, asked }: ResponseRate) => ({ count: answered, n: asked });
    const tested = isEnough ? testShares(share(others), share(mine)) : null;
    return { value, ...mine, tested, differs: judgeTest(tested) };
  });
}

/** Of all answers. */
export const allAnswers = (by: ByDimension<SurveyCell>): Histogram => histogramOf(by.week);

export function histogramOf(cells: readonly Pick<SurveyCell, 'score' | 'n'>[]): Histogram {
  const counts = new Map<number, number>();
  for (const { score, n } of cells) counts.set(score, (counts.get(score) ?? 0) + n);
  return [...counts].map(([value, n]) => ({ value, n }));
}

function groupBy<Cell extends { readonly value: string | null }>(
  cells: readonly Cell[],
  dimension: SurveyDimension,
  sizeOf: (cell: Cell) => number,
): [string | null, Cell[]][] {
  const groups = new Map<string | null, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(cell.value);
    if (group) group.push(cell);
    else groups.set(cell.value, [cell]);
  }
  const size = (own: readonly Cell[]): number => own.reduce((sum, cell) => sum + sizeOf(cell), 0);
  const name = (value: string | null): string => value ?? '';
  return [...groups].toSorted(([a, own], [b, other]) =>
    dimension === 'week' ? name(a).localeCompare(name(b)) : size(other) - size(own) || name(a).localeCompare(name(b)),
  );
}
