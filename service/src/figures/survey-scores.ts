// Computes the score of a survey from its answers, with its confidence interval.
import { classOfScore, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import { type Histogram, meanWithInterval, sizeOf, TOO_FEW_BELOW, wilsonInterval, Z95 } from './intervals.ts';

type Interval = readonly [low: number, high: number];

export interface SurveyScore {
  readonly survey: SurveyKind;
  /** Answers. */
  readonly n: number;
  /** NPS: from −100 to 100; of all others the share of good scores, 0 to 1. Null: no answers. */
  readonly score: number | null;
  /** At 95 %, of `score`. Null: no answers. */
  readonly interval: Interval | null;
  readonly mean: number | null;
  /** At 95 %, of `mean`; null with fewer than two answers. */
  readonly meanInterval: Interval | null;
  /** Of all classes, the lowest first. */
  readonly classes: readonly { readonly name: string; readonly n: number; readonly share: number }[];
  /** Below the minimum: too few to judge. */
  readonly tooFew: boolean;
}

/** `answers`: how many there are of each score. @throws RangeError for a score that the survey does not have */
export function scoreSurvey(survey: SurveyKind, answers: Histogram): SurveyScore {
  const n = sizeOf(answers);
  const counts = new Map<string, number>(SURVEY_KINDS[survey].classes.map(({ name }) => [name, 0]));
  for (const one of answers) {
    const name = classOfScore(survey, one.value);
    counts.set(name, (counts.get(name) ?? 0) + one.n);
  }
  const mean = meanWithInterval(answers);
  const spread = survey === 'nps' ? spreadOfNps(answers) : null;
  const good = countGood(survey, answers);
  return {
    survey,
    n,
    score: n === 0 ? null : (spread?.score ?? good / n),
    interval: spread ? intervalOfNps(spread) : wilsonInterval(good, n),
    mean: mean?.mean ?? null,
    meanInterval: mean?.interval ?? null,
    classes: [...counts].map(([name, count]) => ({ name, n: count, share: n === 0 ? 0 : count / n })),
    tooFew: n < TOO_FEW_BELOW,
  };
}

/** Answers that count as good. */
export function countGood(survey: SurveyKind, answers: Histogram): number {
  return sizeOf(answers.filter(({ value }) => value >= SURVEY_KINDS[survey].goodFrom));
}

export interface NpsSpread {
  readonly n: number;
  /** From −100 to 100. */
  readonly score: number;
  /** The standard error of the score, in points; never 0. */
  readonly error: number;
  /** Around which the interval is. */
  readonly middle: number;
}

/** Of each class: in all three answers. */
const ADDED = { promoters: 0.75, passives: 1.5, detractors: 0.75 } as const;

/**
 * With p the share of promoters and d that of detractors, the score is 100 × (p − d), the variance of one answer p + d − (p − d)², and the standard
 * error 100 × √(variance ÷ n): the variance of a variable that is 1, 0 or −1. Answers all of one class show no spread, though the next may differ:
 * then middle and error are those with three answers added, as Agresti and Min ("Simple improved confidence intervals for comparing matched
 * proportions", 2005) and Rocks ("Interval estimation for the Net Promoter Score", 2016) do. Null: no answers.
 */
export function spreadOfNps(answers: Histogram): NpsSpread | null {
  const n = sizeOf(answers);
  if (n === 0) return null;
  const countOf = (name: string): number => sizeOf(answers.filter(({ value }) => classOfScore('nps', value) === name));
  const [promoters, detractors] = [countOf('promoter'), countOf('detractor')];
  const score = (100 * (promoters - detractors)) / n;
  const passives = n - promoters - detractors;
  if (![promoters, passives, detractors].includes(n)) return { n, score, ...waldOf(promoters, detractors, n) };
  const more = ADDED.promoters + ADDED.passives + ADDED.detractors;
  return { n, score, ...waldOf(promoters + ADDED.promoters, detractors + ADDED.detractors, n + more) };
}

function waldOf(promoters: number, detractors: number, n: number): Pick<NpsSpread, 'error' | 'middle'> {
  const difference = (promoters - detractors) / n;
  const variance = (promoters + detractors) / n - difference ** 2;
  return { middle: 100 * difference, error: 100 * Math.sqrt(variance / n) };
}

/** It reaches to the score, also where the middle is another. */
function intervalOfNps({ score, error, middle }: NpsSpread): Interval {
  const [low, high] = [middle - Z95 * error, middle + Z95 * error];
  return [Math.max(-100, Math.min(low, score)), Math.min(100, Math.max(high, score))];
}
