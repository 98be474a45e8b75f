// Compares how customers answer next after a bad answer: those who were contacted in between, and those who were not.
import type { SurveyKind } from '@deskwright/shared';
import type { Change } from './changes.ts';
import { type Histogram, meanWithInterval, TOO_FEW_BELOW } from './intervals.ts';
import { changeOfSurvey, type Difference, differenceOf } from './survey-changes.ts';
import { type SurveyScore, scoreSurvey } from './survey-scores.ts';

/** Customers whose answers are alike: the bad one, the next one, and whether somebody reached them in between. */
export interface NextAnswer {
  readonly contacted: boolean;
  readonly before: number;
  readonly score: number;
  readonly n: number;
}

interface Side {
  /** Of the next answers; `n` is how many customers there are. */
  readonly score: SurveyScore;
  /** The mean of their bad answers; null: there are none. */
  readonly meanBefore: number | null;
}

export interface FollowUpEffect {
  readonly contacted: Side;
  readonly others: Side;
  /** How much higher those who were contacted score. Null: one side has nobody. */
  readonly difference: Difference | null;
  readonly change: Change;
  readonly tooFew: boolean;
}

/** Each customer counts once, so that the answers are independent. */
export function followUpEffect(survey: SurveyKind, answers: readonly NextAnswer[]): FollowUpEffect {
  const sideOf = (contacted: boolean) => {
    const own = answers.filter((one) => one.contacted === contacted);
    const next: Histogram = own.map(({ score, n }) => ({ value: score, n }));
    const before = meanWithInterval(own.map(({ before: value, n }) => ({ value, n })));
    return { next, side: { score: scoreSurvey(survey, next), meanBefore: before?.mean ?? null } };
  };
  const [contacted, others] = [sideOf(true), sideOf(false)];
  return {
    contacted: contacted.side,
    others: others.side,
    difference: differenceOf(survey, others.next, contacted.next),
    change: changeOfSurvey(survey, others.next, contacted.next),
    tooFew: Math.min(contacted.side.score.n, others.side.score.n) < TOO_FEW_BELOW,
  };
}
