// Judges whether the score of a survey differs from another period's or group's by more than chance.
import type { SurveyKind } from '@deskwright/shared';
import { type Change, judgeTest, type Tested, testByErrors, testShares } from './changes.ts';
import { type Histogram, sizeOf, TOO_FEW_BELOW, wilsonInterval, Z95 } from './intervals.ts';
import { countGood, type NpsSpread, spreadOfNps } from './survey-scores.ts';

/** As `testSurvey` finds. `level`: a difference that chance brings as often, or more often, is `unclear`. */
export const changeOfSurvey = (survey: SurveyKind, before: Histogram, after: Histogram, level?: number): Change =>
  judgeTest(testSurvey(survey, before, after), level);

/**
 * Of NPS by the standard error of the difference, of all others by the test of the shares of good scores. Null: below the minimum of answers on
 * either side.
 */
export function testSurvey(survey: SurveyKind, before: Histogram, after: Histogram): Tested | null {
  if (Math.min(sizeOf(before), sizeOf(after)) < TOO_FEW_BELOW) return null;
  const [from, to] = [spreadOfNps(before), spreadOfNps(after)];
  if (survey === 'nps' && from && to) return testNps(from, to);
  return testShares(
    { count: countGood(survey, before), n: sizeOf(before) },
    { count: countGood(survey, after), n: sizeOf(after) },
  );
}

export interface Difference {
  /** Of NPS in points, else of shares. */
  readonly difference: number;
  /** At 95 %. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * How much higher the score of `own` is than that of `others`, which are answers of different surveys. Of NPS with the standard error of the
 * difference; of shares by Wilson's intervals of both (Newcombe, "Interval estimation for the difference between independent proportions", 1998,
 * method 10). Null: one side has no answers.
 */
export function differenceOf(survey: SurveyKind, others: Histogram, own: Histogram): Difference | null {
  if (survey === 'nps') {
    const [from, to] = [spreadOfNps(others), spreadOfNps(own)];
    if (!from || !to) return null;
    const [difference, half] = [to.score - from.score, Z95 * Math.hypot(from.error, to.error)];
    return { difference, interval: [Math.max(-200, difference - half), Math.min(200, difference + half)] };
  }
  const shareOf = (answers: Histogram) => {
    const [count, n] = [countGood(survey, answers), sizeOf(answers)];
    const interval = wilsonInterval(count, n);
    return interval && { share: count / n, low: interval[0], high: interval[1] };
  };
  const [from, to] = [shareOf(others), shareOf(own)];
  if (!from || !to) return null;
  const difference = to.share - from.share;
  const down = Math.hypot(to.share - to.low, from.high - from.share);
  const up = Math.hypot(to.high - to.share, from.share - from.low);
  return { difference, interval: [difference - down, difference + up] };
}

/** The variances of independent samples add up. */
function testNps(before: NpsSpread, after: NpsSpread): Tested {
  const difference = after.score - before.score;
  if (difference === 0) return { direction: 'same', p: 1 };
  return testByErrors(difference / Math.hypot(before.error, after.error));
}

/**
 * For how many of the last periods the score was maintained: counted back from the last one, as long as each has enough answers and none is really
 * below one before it. 0: the last one has too few answers; 1: it alone can be told.
 * @param periods the oldest first
 */
export function maintainedFor(survey: SurveyKind, periods: readonly Histogram[]): number {
  const run: Histogram[] = [];
  for (const period of periods.toReversed()) {
    if (sizeOf(period) < TOO_FEW_BELOW) break;
    if (run.some((later) => changeOfSurvey(survey, period, later) === 'down')) break;
    run.push(period);
  }
  return run.length;
}
