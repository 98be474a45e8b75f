// Sorts durations into bins by their logarithm, so that percentiles of sums of bins are within 5 %.

/** Each bin ends where the next begins, a tenth higher: its middle is within 4.9 % of all it holds. */
const STEP = Math.log(1.1);

/** The bin of a duration: 0 for less than a second. */
export function binOf(seconds: number): number {
  return seconds < 1 ? 0 : 1 + Math.floor(Math.log(seconds) / STEP);
}

/** Seconds that stand for a bin: the geometric middle. */
export function middleOf(bin: number): number {
  return bin === 0 ? 0 : Math.exp((bin - 0.5) * STEP);
}
