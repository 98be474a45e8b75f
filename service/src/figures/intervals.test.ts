import fc from 'fast-check';
import { meanWithInterval, wilsonInterval } from './intervals.ts';

test.each([
  // 24 of 30: middle (0.8 + 3.8415/60) / (1 + 3.8415/30) = 0.86402/1.12805 = 0.7659; half 1.96 * sqrt(0.16/30 + 3.8415/3600) / 1.12805 = 0.1390.
  ['80 % of 30', 24, 30, 0.6269, 0.9049],
  // None of 10: the middle and the half are both z²/2n / (1 + z²/n) = 0.19207/1.38415.
  ['none of 10', 0, 10, 0, 0.2775],
  ['all of 10', 10, 10, 0.7225, 1],
  // Published (Newcombe 1998, table I): 81 of 263.
  ['81 of 263', 81, 263, 0.2553, 0.3662],
])('the interval of %s', (_, count, n, low, high) => {
  const interval = wilsonInterval(count, n);
  expect(interval?.[0]).toBeCloseTo(low, 4);
  expect(interval?.[1]).toBeCloseTo(high, 4);
});

test('the interval of nothing is null', () => {
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(meanWithInterval([])).toBeNull();
});

test('the interval contains the share, stays within 0 and 1 and narrows with more answers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.float({ min: 0, max: 1, noNaN: true }), (n, part) => {
      const count = Math.round(n * part);
      const [low, high] = wilsonInterval(count, n) ?? [1, 0];
      expect(low).toBeLessThanOrEqual(count / n + 1e-12);
      expect(high).toBeGreaterThanOrEqual(count / n - 1e-12);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      const [lowOfMore, highOfMore] = wilsonInterval(count * 4, n * 4) ?? [0, 1];
      expect(highOfMore - lowOfMore).toBeLessThan(high - low);
    }),
  );
});

test('the mean of scores has an interval by their spread', () => {
  // 5, 5, 4, 2: mean 4; squares 1 + 1 + 0 + 4 = 6, variance 6/3 = 2, error sqrt(2/4) = 0.7071; 1.96 of it is 1.3859.
  const { mean, interval } = meanWithInterval([
    { value: 5, n: 2 },
    { value: 4, n: 1 },
    { value: 2, n: 1 },
  ])!;
  expect(mean).toBe(4);
  expect(interval?.[0]).toBeCloseTo(4 - 1.3859, 4);
  expect(meanWithInterval([{ value: 3, n: 1 }])).toEqual({ mean: 3, interval: null });
});
