// Judges whether a count is higher than chance explains, against the same hours of past weeks.
import { gammaln, mean, median, sampleVariance } from 'simple-statistics';

interface RiseLimits {
  /** Fewer are never a rise: one person who writes often is no trend. */
  readonly atLeast: number;
  /** How many times the usual number it must be. */
  readonly times: number;
  /** It is a rise when chance reaches such a count less often than this; it ends when chance reaches it more often than `endsAbove`. */
  readonly beginsBelow: number;
  readonly endsAbove: number;
}

/**
 * For the alarm `category_rise`, on counts of the last 24 hours that are compared every hour with those of eight past weeks. Simulated, chance
 * raises it for a category in fewer than one of a hundred weeks, and three times as many of usually ten a day raise it in 96 of 100 cases.
 */
export const CATEGORY_RISE: RiseLimits = { atLeast: 8, times: 2, beginsBelow: 1e-4, endsAbove: 0.1 };

/** For the alarm `new_requesters`: a wave of spam is large, and surveys pause meanwhile. */
export const NEW_REQUESTERS_BURST: RiseLimits = { atLeast: 20, times: 3, beginsBelow: 1e-6, endsAbove: 0.1 };

/** Fewer past weeks say too little about chance. */
export const FEWEST_WEEKS = 4;

interface Rise {
  readonly isRising: boolean;
  /** What was to be expected; null: too few past weeks, which is no rise. */
  readonly expected: number | null;
}

/**
 * Compares a count with those of the same hours of past weeks. Single weeks far above the others (an earlier incident) are lowered to what is
 * usual, so that they neither hide a new rise nor count as usual; weeks that differ more than chance (Poisson) would make them raise what is
 * taken for chance. A rise that has begun lasts until the count is usual again, so that it does not come and go.
 * Source: the predictive distribution of a count with gamma-distributed mean is negative binomial (Gelman et al., "Bayesian Data Analysis").
 * @param count of the hours until now
 * @param past the counts of the same hours one, two, three and so on weeks ago, in any order
 * @param wasRising what the last call said
 */
export function judgeRise(count: number, past: readonly number[], wasRising: boolean, limits: RiseLimits): Rise {
  if (past.length < FEWEST_WEEKS) return { isRising: false, expected: null };
  const weeks = past.length;
  const usual = median([...past]);
  const most = usual + 3 * Math.sqrt(Math.max(1, usual));
  const lowered = past.map((one) => Math.min(one, most));
  // Half an event more than seen: a category that never occurred may occur.
  const expected = (lowered.reduce((sum, one) => sum + one, 0) + 0.5) / weeks;
  // As if as many weeks more had differed just as chance makes them.
  const spread = (sampleVariance(lowered) / Math.max(mean(lowered), 0.5) + 1) / 2;
  const variance = expected * Math.max(1, spread) * (1 + 1 / weeks);
  const byChance = tailOf(count, expected, variance);
  if (wasRising) return { isRising: count > expected && byChance < limits.endsAbove, expected };
  const isRising = count >= limits.atLeast && count >= limits.times * expected && byChance < limits.beginsBelow;
  return { isRising, expected };
}

/** How likely chance reaches `count` or more: of a negative binomial distribution. 1 up to the mean. @internal */
export function tailOf(count: number, expected: number, variance: number): number {
  if (count <= expected) return 1;
  const size = expected ** 2 / (variance - expected);
  const share = expected / variance;
  const log =
    gammaln(count + size) - gammaln(size) - gammaln(count + 1) + size * Math.log(share) + count * Math.log1p(-share);
  let term = Math.exp(log);
  let sum = 0;
  for (let k = count; term > sum * 1e-12 && term > 0; k++) {
    sum += term;
    term *= ((k + size) / (k + 1)) * (1 - share);
  }
  return Math.min(1, sum);
}

/** With fewer tickets a share says nothing. */
const FEWEST_FOR_SHARE = 20;

/**
 * Whether the share of `other` is above its limit: at least 20 tickets, and more than the limit. It ends a tenth below the limit, so that it does not come and go.
 * @param limit from 0 to 1
 */
export function isOtherAbove(other: number, tickets: number, limit: number, wasAbove: boolean): boolean {
  if (tickets < FEWEST_FOR_SHARE) return false;
  return other / tickets > (wasAbove ? 0.9 * limit : limit);
}
