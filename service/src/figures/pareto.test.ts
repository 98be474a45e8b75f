import { rankByCount } from './pareto.ts';

test('the most frequent come first, with share, running share and trend', () => {
  // 50 + 30 + 15 + 5 = 100. Refunds 50 after 40: a quarter more. Bugs 30 after 60: half as many.
  const ranked = rankByCount(
    [
      { id: 'bug', n: 30 },
      { id: 'refunds', n: 50 },
      { id: 'other', n: 5 },
      { id: 'order', n: 15 },
      { id: 'none', n: 0 },
    ],
    [
      { id: 'refunds', n: 40 },
      { id: 'bug', n: 60 },
      { id: 'order', n: 15 },
    ],
  );
  expect(ranked).toEqual([
    { id: 'refunds', n: 50, share: 0.5, cumulative: 0.5, trend: 0.25 },
    { id: 'bug', n: 30, share: 0.3, cumulative: 0.8, trend: -0.5 },
    { id: 'order', n: 15, share: 0.15, cumulative: 0.95, trend: 0 },
    { id: 'other', n: 5, share: 0.05, cumulative: 1, trend: null },
  ]);
});

test('equal counts are ordered by id, and without a period before there is no trend', () => {
  const ranked = rankByCount(
    [
      { id: 'b', n: 1 },
      { id: 'a', n: 1 },
    ],
    null,
  );
  expect(ranked.map(({ id, trend }) => [id, trend])).toEqual([
    ['a', null],
    ['b', null],
  ]);
  expect(rankByCount([], null)).toEqual([]);
});
