// Compares the answers in which a reason was ticked with all others.
import type { Change } from '../../figures/changes.ts';
import type { Histogram } from '../../figures/intervals.ts';
import { histogramOf, type SurveyCell } from '../../figures/survey-cells.ts';
import { changeOfSurvey } from '../../figures/survey-changes.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import type { CustomerSurvey, SurveyCells } from '../../surveys/index.ts';

export interface Driver {
  readonly driver: string;
  readonly score: SurveyScore;
  /** Of all answers, those with it. */
  readonly share: number;
  /** The score of those with it less that of all others. */
  readonly effect: number;
  readonly differs: Change;
  /** What the score of all would change by without the answers that have it. */
  readonly without: number;
}

/** The most negative effect first. One that is in every answer, or the only answers there are, tells nothing and is left out. */
export function driversOf(survey: CustomerSurvey, { cleaned, drivers }: SurveyCells): readonly Driver[] {
  const all = histogramOf(cleaned);
  const whole = scoreSurvey(survey, all);
  return [...new Set(drivers.map(({ driver }) => driver))]
    .flatMap((driver) => {
      const own = histogramOf(drivers.filter((one) => one.driver === driver));
      const rest = lessThose(all, own);
      const [score, others] = [scoreSurvey(survey, own), scoreSurvey(survey, rest)];
      if (score.score === null || others.score === null || whole.score === null) return [];
      const [effect, without] = [score.score - others.score, others.score - whole.score];
      return [{ driver, score, share: score.n / whole.n, effect, differs: changeOfSurvey(survey, rest, own), without }];
    })
    .toSorted((a, b) => a.effect - b.effect || a.driver.localeCompare(b.driver));
}

function lessThose(all: Histogram, own: Histogram): Histogram {
  const less: Pick<SurveyCell, 'score' | 'n'>[] = own.map(({ value, n }) => ({ score: value, n: -n }));
  return histogramOf([...all.map(({ value, n }) => ({ score: value, n })), ...less]);
}
