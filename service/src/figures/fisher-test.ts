// Tests exactly whether two shares differ, however few there are of one kind.

interface Share {
  readonly count: number;
  readonly n: number;
}

/** Results as likely as the one that was found count as well, in spite of rounding. */
const AS_LIKELY = 1 + 1e-7;

/**
 * How often chance alone makes two shares differ at least as much: the two-sided exact test of R. A. Fisher ("Statistical Methods for Research
 * Workers", 1934). With all totals as they are, it adds up the results that are no likelier than the one that was found. Each is reckoned from its
 * neighbour, from the likeliest on, so that nothing is rounded away.
 */
export function fisherTest(one: Share, other: Share): number {
  const [all, ofKind] = [one.n + other.n, one.count + other.count];
  const [least, most] = [Math.max(0, ofKind - other.n), Math.min(ofKind, one.n)];
  /** How much likelier `k + 1` is than `k`. */
  const step = (k: number): number => ((ofKind - k) * (one.n - k)) / ((k + 1) * (other.n - ofKind + k + 1));
  const likeliest = Math.min(most, Math.max(least, Math.floor(((ofKind + 1) * (one.n + 1)) / (all + 2))));
  const chances = new Map([[likeliest, 1]]);
  for (let [k, chance] = [likeliest, 1]; k < most; k++) chances.set(k + 1, (chance *= step(k)));
  for (let [k, chance] = [likeliest, 1]; k > least; k--) chances.set(k - 1, (chance /= step(k - 1)));
  const found = (chances.get(one.count) ?? 0) * AS_LIKELY;
  let [sum, rare] = [0, 0];
  for (const chance of [...chances.values()].toSorted((a, b) => a - b)) {
    sum += chance;
    if (chance <= found) rare += chance;
  }
  return rare / sum;
}
