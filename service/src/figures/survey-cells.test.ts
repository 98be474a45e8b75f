// Scores and response rates of parts, worked by hand.
import { type AskedCell, responseBy, responseRate, type SurveyCell, scoreBy } from './survey-cells.ts';

const NOWHERE = { category: null, tier: null, group: null, language: null, channel: null, brand: null, week: null };
const cell = (part: Partial<SurveyCell>): SurveyCell => ({ ...NOWHERE, score: 10, n: 1, ...part });
const asked = (part: Partial<AskedCell>): AskedCell => ({ ...NOWHERE, asked: 0, answered: 0, ...part });

test('a category is compared with all others, with what it costs the score', () => {
  const cells = [
    cell({ category: 'bug', score: 9, n: 80 }),
    cell({ category: 'bug', score: 3, n: 20 }),
    cell({ category: 'refunds', score: 9, n: 10 }),
    cell({ category: 'refunds', score: 0, n: 40 }),
    cell({ score: 8, n: 5 }),
  ];
  const groups = scoreBy('nps', cells, 'category');
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
  const [only, ...others] = scoreBy('csat', [cell({ score: 5, n: 40 })], 'tier');
  expect(others).toEqual([]);
  expect(only).toMatchObject({ value: null, differs: 'unclear', without: null });
});

test('weeks stand in their order', () => {
  const cells = ['2026-11-23', '2026-11-09', '2026-11-16'].map((week, n) => cell({ week, n: n + 1 }));
  expect(scoreBy('nps', cells, 'week').map(({ value }) => value)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23']);
});

test('who was asked and who answered is told with the groups that answer less', () => {
  const cells = [
    asked({ category: 'bug', asked: 100, answered: 40 }),
    asked({ category: 'refunds', asked: 100, answered: 10 }),
    asked({ category: 'order', asked: 20, answered: 0 }),
  ];
  expect(responseRate(cells)).toMatchObject({ asked: 220, answered: 50, rate: 50 / 220 });
  expect(responseBy(cells, 'category').map(({ value, rate, differs }) => [value, rate, differs])).toEqual([
    ['bug', 0.4, 'up'],
    // Against 40 of 120: pooled 50 of 220, error √(0.2273 × 0.7727 × (1/100 + 1/120)) = 0.0567; −0.2333 ÷ 0.0567 = −4.1.
    ['refunds', 0.1, 'down'],
    ['order', 0, 'unclear'],
  ]);
  expect(responseRate([])).toEqual({ asked: 0, answered: 0, rate: null, interval: null });
});
