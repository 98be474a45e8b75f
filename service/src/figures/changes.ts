// Judges whether a figure really changed between two periods, or whether chance alone may explain it.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { FigureValue } from '@deskwright/shared/contract';
import { type Histogram, sizeOf, Z95 } from './intervals.ts';

/** `unclear`: a difference of this size comes by chance more often than in one of twenty cases, or there is too little to judge. */
export type Change = 'up' | 'down' | 'same' | 'unclear';

/** By how many standard errors it differs. `least`: fewer are `unclear`. */
export const byScore = (z: number, least = Z95): Change => (Math.abs(z) < least ? 'unclear' : z > 0 ? 'up' : 'down');

interface Share {
  readonly count: number;
  readonly n: number;
}

/**
 * The test of two proportions, with the pooled share (Fleiss, "Statistical Methods for Rates and Proportions"). It needs at least five
 * expected of each kind in each period. `least`: of standard errors.
 */
export function changeOfShare(before: Share, after: Share, least = Z95): Change {
  if (before.n <= 0 || after.n <= 0) return 'unclear';
  if (before.count * after.n === after.count * before.n) return 'same';
  const pooled = (before.count + after.count) / (before.n + after.n);
  if (Math.min(before.n, after.n) * Math.min(pooled, 1 - pooled) < 5) return 'unclear';
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.n + 1 / after.n));
  return byScore((after.count / after.n - before.count / before.n) / error, least);
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
  return byScore((root(after) - root(before)) / error);
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
  return byScore((Math.sign(difference) * Math.max(0, Math.abs(difference) - 0.5)) / Math.sqrt(variance));
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
