// Ranks what customers write about: the most frequent first, with its share and trend.

interface Counted {
  readonly id: string;
  readonly n: number;
}

interface Ranked extends Counted {
  /** Of all, from 0 to 1. */
  readonly share: number;
  /** Of this one and all before it, from 0 to 1. */
  readonly cumulative: number;
  /** Against the period before, as a part of it: 0.2 is a fifth more. Null: it did not occur then, or there is no such period. */
  readonly trend: number | null;
}

/**
 * The ranking of a Pareto chart (Juran 1951). Equal counts are ordered by id. Ids that occur only in the period before are left out.
 * @param before counts of the period before, which has the same length; null: there is none
 */
export function rankByCount(counts: readonly Counted[], before: readonly Counted[] | null): Ranked[] {
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  const earlier = new Map(before?.map(({ id, n }) => [id, n]));
  let passed = 0;
  return counts
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
    .map(({ id, n }) => {
      passed += n;
      const was = earlier.get(id) ?? 0;
      return { id, n, share: n / total, cumulative: passed / total, trend: was === 0 ? null : n / was - 1 };
    });
}
