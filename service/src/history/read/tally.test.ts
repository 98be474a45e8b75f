// Checks percentiles of bins against those of the values themselves.
import fc from 'fast-check';
import { binOf } from '../measures/sum.ts';
import { spreadOfBins } from './tally.ts';

function binned(values: readonly number[]) {
  const bins: number[] = [];
  for (const value of values) bins[binOf(value)] = (bins[binOf(value)] ?? 0) + 1;
  const total = values.reduce((sum, value) => sum + value, 0);
  return { n: values.length, total, bins: Array.from(bins, (n) => n ?? 0) };
}

/** As PostgreSQL's `percentile_cont`: between the two nearest values. */
function exact(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

test('the median of 1 hour and 10 hours is 5.5 hours, within 5 %', () => {
  const spread = spreadOfBins(binned([3_600, 36_000]))!;
  expect(Math.abs(spread.median / 19_800 - 1)).toBeLessThan(0.05);
  // 1 + 0.9 * 9 hours.
  expect(Math.abs(spread.p90 / (9.1 * 3_600) - 1)).toBeLessThan(0.05);
  expect(spread.mean).toBe(19_800);
});

test('percentiles of any durations are within 5 %, and nothing has none', () => {
  const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 400 * 86_400 }));
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 60 }), (values) => {
      const spread = spreadOfBins(binned(values))!;
      for (const [found, share] of [
        [spread.median, 0.5],
        [spread.p90, 0.9],
      ] as const)
        expect(Math.abs(found - exact(values, share))).toBeLessThanOrEqual(0.05 * exact(values, share) + 1e-9);
    }),
    { numRuns: 500 },
  );
  expect(spreadOfBins({ n: 0, total: 0, bins: [] })).toBeNull();
});
