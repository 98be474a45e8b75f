import fc from 'fast-check';
import { changeOfRate, changeOfShare, changeOfValues, judgeChange } from './changes.ts';
import { fisherTest } from './fisher-test.ts';
import { mulberry32 } from './forecast.ts';

test.each([
  // Pooled 0.75; error sqrt(0.75 * 0.25 * 2/100) = 0.0612; z = 0.1 / 0.0612 = 1.63.
  ['70 of 100 and 80 of 100 may be chance', [70, 100], [80, 100], 'unclear'],
  // Error sqrt(0.1875 * 2/400) = 0.0306; z = 3.27.
  ['280 of 400 and 320 of 400 are not', [280, 400], [320, 400], 'up'],
  ['and the other way down', [320, 400], [280, 400], 'down'],
  ['equal shares are the same', [7, 10], [70, 100], 'same'],
  // Below five expected of a kind, Fisher's exact test. The lady tasting tea: (1 + 16) × 2 of 70 ways, p = 0.486.
  ['3 of 4 and 1 of 4 may be chance', [3, 4], [1, 4], 'unclear'],
  // 2 of 70 ways, p = 0.029.
  ['4 of 4 and 0 of 4 are not', [4, 4], [0, 4], 'down'],
  // 2 × C(30, 5) ÷ C(60, 5) = 285,012 ÷ 5,461,512 = 0.0522.
  ['0 of 30 and 5 of 30 may be', [0, 30], [5, 30], 'unclear'],
  // 2 × C(30, 6) ÷ C(60, 6) = 1,187,550 ÷ 50,063,860 = 0.0237.
  ['0 of 30 and 6 of 30 are not', [0, 30], [6, 30], 'up'],
  // 4 % of 1,000 and 25 % of 60: 3.1 expected.
  ['40 of 1,000 and 15 of 60 are not', [40, 1_000], [15, 60], 'up'],
  ['a share that is high and falls is seen', [388, 400], [15, 30], 'down'],
  ['and one that is low and rises', [2, 200], [14, 50], 'up'],
  ['too few say nothing', [1, 4], [4, 4], 'unclear'],
  ['nothing says nothing', [0, 0], [4, 4], 'unclear'],
] as const)('of shares, %s', (_, [a, m], [b, n], change) => {
  expect(changeOfShare({ count: a, n: m }, { count: b, n })).toBe(change);
});

test('of few, all ways to have these totals are counted', () => {
  // Of 12 and 12 with 10 of one kind: C(12, k) × C(12, 10 − k) ways of C(24, 10) = 1,961,256. As rare as k = 1: k of 0, 1, 9 and 10,
  // 2 × (66 + 12 × 220) = 5,412.
  expect(fisherTest({ count: 1, n: 12 }, { count: 9, n: 12 })).toBeCloseTo(5_412 / 1_961_256, 12);
  expect(fisherTest({ count: 9, n: 12 }, { count: 1, n: 12 })).toBeCloseTo(5_412 / 1_961_256, 12);
  // Of unlike sizes: 3 of 3 and 1 of 7 has 7 of C(10, 4) = 210 ways. As rare: k = 3 alone; k = 0 has 35.
  expect(fisherTest({ count: 3, n: 3 }, { count: 1, n: 7 })).toBeCloseTo(7 / 210, 12);
  expect(fisherTest({ count: 0, n: 5 }, { count: 0, n: 9 })).toBe(1);
  // Far out, and with many: log-factorials would lose digits, sums of rare ways keep them.
  expect(fisherTest({ count: 388, n: 400 }, { count: 15, n: 30 })).toBeLessThan(1e-12);
  expect(fisherTest({ count: 999_990, n: 1_000_000 }, { count: 90, n: 100 })).toBeLessThan(1e-12);
});

test('of few, the exact test is never more often wrong than its level, for all shares', () => {
  // All results of 30 and 30 with a share of 3 %, by the binomial distribution.
  const [n, share] = [30, 0.03];
  const chances = [(1 - share) ** n];
  for (let k = 1; k <= n; k++) chances.push((chances[k - 1]! * (n - k + 1) * share) / (k * (1 - share)));
  let wrong = 0;
  for (let a = 0; a <= n; a++)
    for (let b = 0; b <= n; b++)
      if (!['same', 'unclear'].includes(changeOfShare({ count: a, n }, { count: b, n })))
        wrong += chances[a]! * chances[b]!;
  expect(wrong).toBeLessThan(0.05);
});

test.each([
  // sqrt(100.375/7) = 3.787, sqrt(130.375/7) = 4.316; error sqrt(1/28 + 1/28) = 0.267; z = 1.98.
  ['100 and 130 solves a week differ', [100, 7], [130, 7], 'up'],
  // sqrt(120.375/7) = 4.147: z = 1.35.
  ['100 and 120 may not', [100, 7], [120, 7], 'unclear'],
  ['the same rate over different times is the same', [100, 7], [200, 14], 'same'],
  ['few events say nothing', [0, 7], [9, 7], 'unclear'],
] as const)('of rates, %s', (_, [a, s], [b, t], change) => {
  expect(changeOfRate({ count: a, over: s }, { count: b, over: t })).toBe(change);
});

const counts = (...values: readonly number[]) => values.map((value) => ({ value, n: 1 }));
const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test('of durations, ranks decide', () => {
  // U = 100 of 100, mean 50, variance 100/12 * 21 = 175; z = 49.5 / 13.23 = 3.74.
  expect(changeOfValues(counts(...ten), counts(...ten.map((one) => one + 10)))).toBe('up');
  expect(changeOfValues(counts(...ten), counts(...ten))).toBe('same');
  // One very long wait changes the mean, not the ranks.
  expect(changeOfValues(counts(...ten), counts(...ten.slice(0, 9), 100_000))).not.toBe('up');
  expect(changeOfValues(counts(1, 2, 3), counts(10, 20, 30))).toBe('unclear');
});

test('of scores, ties are corrected for', () => {
  // 40 answers each. U: 30 fours tie with 10 fours (150); 10 fives beat 10 fours (100) and tie with 30 fives (150): 400, mean 800.
  // Ties 2 * (40³ − 40) = 127,920; variance 1600/12 * (81 − 127,920/6,320) = 8,101; z = −399.5/90 = −4.4.
  const [many, few] = [30, 10];
  const before = [
    { value: 5, n: many },
    { value: 4, n: few },
  ];
  const after = [
    { value: 5, n: few },
    { value: 4, n: many },
  ];
  expect(changeOfValues(before, after)).toBe('down');
  expect(changeOfValues(after, before)).toBe('up');
  expect(changeOfValues([{ value: 5, n: 20 }], [{ value: 5, n: 50 }])).toBe('same');
});

test('a histogram says the same as its single values, and the order of both does not matter', () => {
  const values = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 10, maxLength: 60 });
  fc.assert(
    fc.property(values, values, (before, after) => {
      const histogram = (all: readonly number[]) =>
        [7, 1, 2, 6, 5, 3, 4].map((value) => ({ value, n: all.filter((one) => one === value).length }));
      expect(changeOfValues(histogram(before), histogram(after))).toBe(
        changeOfValues(counts(...before), counts(...after)),
      );
    }),
  );
});

test('chance alone is called a change in about one of twenty cases, not more', () => {
  const random = mulberry32(7);
  let [shares, ranks, rates] = [0, 0, 0];
  const times = 800;
  for (let run = 0; run < times; run++) {
    const draw = () => Array.from({ length: 60 }, () => Math.ceil(random() ** 2 * 1_000));
    const [before, after] = [draw(), draw()];
    const isReal = (change: string) => (change === 'up' || change === 'down' ? 1 : 0);
    const below = (all: readonly number[]) => all.filter((one) => one < 300).length;
    ranks += isReal(changeOfValues(counts(...before), counts(...after)));
    shares += isReal(changeOfShare({ count: below(before), n: 60 }, { count: below(after), n: 60 }));
    const poisson = () => Array.from({ length: 1_000 }, random).filter((one) => one < 0.05).length;
    rates += isReal(changeOfRate({ count: poisson(), over: 7 }, { count: poisson(), over: 7 }));
  }
  for (const found of [shares, ranks, rates]) {
    expect(found / times).toBeGreaterThan(0.02);
    expect(found / times).toBeLessThan(0.08);
  }
});

test.each([
  ['first_reply_time', 'down', 'better'],
  ['first_reply_time', 'up', 'worse'],
  ['csat', 'up', 'better'],
  ['csat', 'unclear', 'unclear'],
  ['arrivals', 'up', undefined],
  ['arrivals', 'same', 'same'],
] as const)('%s going %s is %s', (figure, change, meant) => {
  expect(judgeChange(figure, change)).toBe(meant);
});
