// Compares the answers that name a driver, by a tick or in words, with all others.
import { type Change, changeOfShare } from '../../figures/changes.ts';
import { type Histogram, sizeOf, TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { allAnswers, histogramOf } from '../../figures/survey-cells.ts';
import { changeOfSurvey, type Difference, differenceOf } from '../../figures/survey-changes.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import type { CustomerSurvey, SurveyCells } from '../../surveys/index.ts';

export interface Driver {
  readonly driver: string;
  readonly score: SurveyScore;
  /** Answers in which it was ticked; the others name it in words. */
  readonly ticked: number;
  /** Of all answers, those with it. */
  readonly share: number;
  /** The same of the period before; null: nobody answered then. */
  readonly shareBefore: number | null;
  /** Whether it is named more often than then. */
  readonly trend: Change;
  /** The score of those with it less that of all others. */
  readonly effect: Difference;
  readonly differs: Change;
  /** What the score of all would change by without the answers that have it. */
  readonly without: number;
}

type Cells = Pick<SurveyCells, 'cleaned' | 'drivers'>;

/** The most negative effect first. One that is in every answer, or the only answers there are, tells nothing and is left out. */
export function driversOf(survey: CustomerSurvey, cells: Cells, before: Cells): readonly Driver[] {
  const all = allAnswers(cells.cleaned);
  const whole = scoreSurvey(survey, all);
  const asked = sizeOf(allAnswers(before.cleaned));
  return [...new Set(cells.drivers.map(({ driver }) => driver))]
    .flatMap((driver): Driver[] => {
      const named = cells.drivers.filter((one) => one.driver === driver);
      const own = histogramOf(named);
      const rest = lessThose(all, own);
      const [score, others] = [scoreSurvey(survey, own), scoreSurvey(survey, rest)];
      const effect = differenceOf(survey, rest, own);
      if (effect === null || others.score === null || whole.score === null) return [];
      const then = sizeOf(histogramOf(before.drivers.filter((one) => one.driver === driver)));
      const isEnough = Math.min(whole.n, asked) >= TOO_FEW_BELOW;
      return [
        {
          driver,
          score,
          ticked: named.reduce((sum, { ticked }) => sum + ticked, 0),
          share: score.n / whole.n,
          shareBefore: asked === 0 ? null : then / asked,
          trend: isEnough ? changeOfShare({ count: then, n: asked }, { count: score.n, n: whole.n }) : 'unclear',
          effect,
          differs: changeOfSurvey(survey, rest, own),
          without: others.score - whole.score,
        },
      ];
    })
    .toSorted((a, b) => a.effect.difference - b.effect.difference || a.driver.localeCompare(b.driver));
}

function lessThose(all: Histogram, own: Histogram): Histogram {
  const less = own.map(({ value, n }) => ({ score: value, n: -n }));
  return histogramOf([...all.map(({ value, n }) => ({ score: value, n })), ...less]).filter(({ n }) => n > 0);
}
