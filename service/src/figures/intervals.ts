// Computes confidence intervals of shares and means.

/** The 97.5th percentile of the standard normal distribution: 95 % lie within. */
export const Z95 = 1.959964;

/**
 * Fewer answers or replies than this are marked as too few to judge: with 30, the interval of a share of 80 % reaches from 63 % to 90 %, and the mean
 * is near enough to normal for the usual tests.
 */
export const TOO_FEW_BELOW = 30;

/**
 * Wilson's score interval of a share, at 95 % unless `z` says otherwise. It stays within 0 and 1, and is not empty when all or none
 * agree. Source: E. B. Wilson, "Probable Inference", 1927. Null: nothing was counted.
 */
export function wilsonInterval(count: number, n: number, z = Z95): [low: number, high: number] | null {
  if (n <= 0) return null;
  const share = Math.min(1, Math.max(0, count / n));
  const z2 = z * z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** How many there are of each value: of scores, or of durations by what stands for their bin. */
export type Histogram = readonly { readonly value: number; readonly n: number }[];

export const sizeOf = (values: Histogram): number => values.reduce((sum, { n }) => sum + n, 0);

/** The mean with its interval at 95 %, by the normal approximation. Null: nothing was counted; the interval is null with one value. */
export function meanWithInterval(values: Histogram): { mean: number; interval: [number, number] | null } | null {
  const n = sizeOf(values);
  if (n === 0) return null;
  const mean = values.reduce((sum, one) => sum + one.value * one.n, 0) / n;
  if (n === 1) return { mean, interval: null };
  const squares = values.reduce((sum, one) => sum + one.n * (one.value - mean) ** 2, 0);
  const half = Z95 * Math.sqrt(squares / (n - 1) / n);
  return { mean, interval: [mean - half, mean + half] };
}
