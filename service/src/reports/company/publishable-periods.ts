// Finds the periods whose answers may be shown without revealing those of few customers by differences between periods.

export interface Span {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/**
 * What is told of periods can be subtracted: a quarter less two of its months is the third month, and a month less its weeks is what lies at its
 * edges. Each period that is told joins its two ends, and what lies between any two ends that are joined in the end can be told. So a period is told
 * only if nothing but nothing, or `least` answers and more, lies between neighbours among the ends that it joins. Periods that end sooner go first, and of those that
 * end together the shorter: what was told once stays told when a longer one is over.
 * @param answersAt the moments at which the counts of `counts` begin, ascending; the ends of all periods are among them
 * @param counts answers from each moment to the next
 */
export function publishablePeriods<T extends Span>(
  periods: readonly T[],
  { answersAt, counts }: { readonly answersAt: readonly number[]; readonly counts: readonly number[] },
  least: number,
): ReadonlySet<T> {
  const before = new Map<number, number>();
  let total = 0;
  for (const [index, at] of answersAt.entries()) {
    before.set(at, total);
    total += counts[index] ?? 0;
  }
  const answersUntil = (at: number): number => before.get(at) ?? total;
  const joined = new Map<number, readonly number[]>();
  const published = new Set<T>();
  for (const period of periods.toSorted((a, b) => a.to - b.to || b.from - a.from)) {
    if (answersUntil(period.to) - answersUntil(period.from) < least) continue;
    const ends = new Set([period.from, period.to].flatMap((end) => joined.get(end) ?? [end]));
    const sorted = [...ends].toSorted((a, b) => a - b);
    const isSafe = sorted.every((end, index) => {
      const between = answersUntil(end) - answersUntil(sorted[index - 1] ?? end);
      return between === 0 || between >= least;
    });
    if (!isSafe) continue;
    for (const end of sorted) joined.set(end, sorted);
    published.add(period);
  }
  return published;
}
