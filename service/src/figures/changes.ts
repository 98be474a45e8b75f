// Judges whether a figure really changed between two periods, or whether chance alone may explain it.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { errorFunction } from 'simple-statistics';
import { fisherTest } from './fisher-test.ts';
import { type Histogram, sizeOf } from './intervals.ts';

/** `unclear`: a difference of this size comes by chance more often than in one of twenty cases, or there is too little to judge. */
export type Change = 'up' | 'down' | 'same' | 'unclear';

/** How a difference was tested. */
export interface Tested {
  readonly direction: 'up' | 'down' | 'same';
  /** How often chance alone brings one as large, in either direction. */
  readonly p: number;
}

/** Chance brings it in fewer than one of twenty cases. */
export const USUAL_LEVEL = 0.05;

/** Null: too little to judge. `level`: a difference that chance brings as often, or more often, is `unclear`. */
export function judgeTest(tested: Tested | null, level = USUAL_LEVEL): Change {
  if (tested === null) return 'unclear';
  return tested.direction === 'same' || tested.p < level ? tested.direction : 'unclear';
}

/** By how many standard errors it differs, normally distributed. */
export const testByErrors = (z: number): Tested => ({
  direction: z === 0 ? 'same' : z > 0 ? 'up' : 'down',
  p: 1 - errorFunction(Math.abs(z) / Math.SQRT2),
});

/**
 * Which of the tests hold together: the step-down procedure of S. Holm ("A Simple Sequentially Rejective Multiple Test Procedure", 1979). That any
 * of them holds where there is no difference at all comes up in a share of `level` at most, however the tests depend on one another: the smallest
 * `p` of m is compared with level ÷ m, the next with level ÷ (m − 1), and so on until one does not hold.
 */
export function holdTogether<One extends { readonly p: number }>(tests: readonly One[], level: number): Set<One> {
  const sorted = tests.toSorted((a, b) => a.p - b.p);
  const first = sorted.findIndex(({ p }, index) => p >= level / (sorted.length - index));
  return new Set(first === -1 ? sorted : sorted.slice(0, first));
}

interface Share {
  readonly count: number;
  readonly n: number;
}

/** As `testShares` finds. */
export const changeOfShare = (before: Share, after: Share): Change => judgeTest(testShares(before, after));

/** From how many expected of each kind on the normal approximation of the test of two proportions is good enough. */
const ENOUGH_FOR_SHARES = 5;

/**
 * The test of two proportions, with the pooled share (Fleiss, "Statistical Methods for Rates and Proportions"); with fewer than five expected of one
 * kind in one period, Fisher's exact test. Null: nothing was counted in one period.
 */
export function testShares(before: Share, after: Share): Tested | null {
  if (before.n <= 0 || after.n <= 0) return null;
  const difference = after.count / after.n - before.count / before.n;
  if (before.count * after.n === after.count * before.n) return { direction: 'same', p: 1 };
  const pooled = (before.count + after.count) / (before.n + after.n);
  if (Math.min(before.n, after.n) * Math.min(pooled, 1 - pooled) < ENOUGH_FOR_SHARES)
    return { direction: difference > 0 ? 'up' : 'down', p: fisherTest(before, after) };
  return testByErrors(difference / Math.sqrt(pooled * (1 - pooled) * (1 / before.n + 1 / after.n)));
}

/** Events over a time, such as solves over days; or to others, such as reopenings over solves. */
interface Rate {
  readonly count: number;
  readonly over: number;
}

/** Two counts of events over `over`, by the square roots of the counts (Anscombe 1948); both periods together need ten events. */
export function changeOfRate(before: Rate, after: Rate): Change {
  if (before.over <= 0 || after.over <= 0) return 'unclear';
  if (before.count * after.over === after.count * before.over) return 'same';
  if (before.count + after.count < 10) return 'unclear';
  const root = ({ count, over }: Rate): number => Math.sqrt((count + 3 / 8) / over);
  const error = Math.sqrt(1 / (4 * before.over) + 1 / (4 * after.over));
  return judgeTest(testByErrors((root(after) - root(before)) / error));
}

/** From how many values on the normal approximation of the rank test is good enough. */
const ENOUGH_FOR_RANKS = 10;

/**
 * The rank test of Mann and Whitney (1947) with the correction for ties: whether values are higher in one period than in the other. It asks nothing
 * of how they are spread, so a few very long waits do not decide it. For durations and for scores.
 */
export function changeOfValues(before: Histogram, after: Histogram): Change {
  const [m, n] = [sizeOf(before), sizeOf(after)];
  if (m < ENOUGH_FOR_RANKS || n < ENOUGH_FOR_RANKS) return 'unclear';
  const all = m + n;
  const counts = new Map<number, [before: number, after: number]>();
  for (const one of before) addTo(counts, one.value, [one.n, 0]);
  for (const one of after) addTo(counts, one.value, [0, one.n]);
  let [below, higher, ties] = [0, 0, 0];
  for (const [, [ofBefore, ofAfter]] of [...counts].toSorted(([a], [b]) => a - b)) {
    higher += ofAfter * (below + ofBefore / 2);
    below += ofBefore;
    const tied = ofBefore + ofAfter;
    ties += tied ** 3 - tied;
  }
  const variance = ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)));
  const difference = higher - (m * n) / 2;
  if (difference === 0 || variance === 0) return 'same';
  // Half a rank less: the statistic has steps, the normal distribution has none.
  const z = Math.max(0, Math.abs(difference) - 0.5) / Math.sqrt(variance);
  return z === 0 ? 'unclear' : judgeTest(testByErrors(Math.sign(difference) * z));
}

function addTo(counts: Map<number, [number, number]>, value: number, [before, after]: [number, number]): void {
  const known = counts.get(value) ?? [0, 0];
  counts.set(value, [known[0] + before, known[1] + after]);
}

/** What a change means for a figure; undefined: neither direction is better. */
export function judgeChange(figure: FigureId, change: Change): FigureValue['change'] {
  const { better } = FIGURES[figure];
  if (change === 'same' || change === 'unclear') return change;
  if (better === 'neither') return undefined;
  return (change === 'up') === (better === 'more') ? 'better' : 'worse';
}
