// Scores and response rates of parts, worked by hand.
import {
  type AskedCell,
  type ByDimension,
  mapDimensions,
  responseBy,
  responseRate,
  type SurveyCell,
  type SurveyDimension,
  scoreBy,
} from './survey-cells.ts';

type Some<Cell> = Partial<Omit<Cell, 'value'>> & Partial<Record<SurveyDimension, string>>;

const byDimension = <Cell>(parts: readonly Some<Cell>[], usual: Omit<Cell, 'value'>): ByDimension<Cell> =>
  mapDimensions((dimension) =>
    parts.map((part) => ({ ...usual, ...part, value: part[dimension] ?? null }) as unknown as Cell),
  );
const cells = (...parts: Some<SurveyCell>[]) => byDimension<SurveyCell>(parts, { score: 10, n: 1 });
const asked = (...parts: Some<AskedCell>[]) => byDimension<AskedCell>(parts, { asked: 0, answered: 0 });

test('a category is compared with all others, with what it costs the score', () => {
  const given = cells(
    { category: 'bug', score: 9, n: 80 },
    { category: 'bug', score: 3, n: 20 },
    { category: 'refunds', score: 9, n: 10 },
    { category: 'refunds', score: 0, n: 40 },
    { score: 8, n: 5 },
  );
  const groups = scoreBy('nps', given, 'category');
  expect(groups.map(({ value, differs }) => [value, differs])).toEqual([
    ['bug', 'up'],
    ['refunds', 'down'],
    [null, 'unclear'],
  ]);
  // All: 90 promoters and 60 detractors of 155, 19.35. Without refunds: 80 and 20 of 105, 57.14.
  const [, refunds] = groups;
  expect(refunds?.score.score).toBeCloseTo(-60, 10);
  expect(refunds?.without).toBeCloseTo(57.142857 - 19.354839, 5);
});

test('the only group differs from nothing', () => {
  const [only, ...others] = scoreBy('csat', cells({ score: 5, n: 40 }), 'tier');
  expect(others).toEqual([]);
  expect(only).toMatchObject({ value: null, differs: 'unclear', without: null });
});

test('weeks stand in their order', () => {
  const given = ['2026-11-23', '2026-11-09', '2026-11-16'].map((week, n) => ({ week, n: n + 1 }));
  expect(scoreBy('nps', cells(...given), 'week').map(({ value }) => value)).toEqual([
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
  ]);
});

test('who was asked and who answered is told with the groups that answer less', () => {
  const given = asked(
    { category: 'bug', asked: 100, answered: 40 },
    { category: 'refunds', asked: 100, answered: 10 },
    { category: 'order', asked: 20, answered: 0 },
  );
  expect(responseRate(given.category)).toMatchObject({ asked: 220, answered: 50, rate: 50 / 220 });
  expect(responseBy(given, 'category').map(({ value, rate, differs }) => [value, rate, differs])).toEqual([
    ['bug', 0.4, 'up'],
    // Against 40 of 120: pooled 50 of 220, error √(0.2273 × 0.7727 × (1/100 + 1/120)) = 0.0567; −0.2333 ÷ 0.0567 = −4.1.
    ['refunds', 0.1, 'down'],
    ['order', 0, 'unclear'],
  ]);
  expect(responseRate([])).toEqual({ asked: 0, answered: 0, rate: null, interval: null });
});
