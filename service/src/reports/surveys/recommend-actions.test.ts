// Checks what is recommended about a survey's score, and that noise is not.
import { holdTogether } from '../../figures/changes.ts';
import { mulberry32 } from '../../figures/forecast.ts';
import { type AskedCell, mapDimensions, SURVEY_DIMENSIONS, type SurveyCell } from '../../figures/survey-cells.ts';
import type { SurveyCells } from '../../surveys/index.ts';
import type { SurveyReportData } from './read-survey-data.ts';
import { recommendActions } from './recommend-actions.ts';

const cellsOf = (parts: Partial<SurveyCells>): SurveyCells => {
  const cleaned = parts.cleaned ?? mapDimensions(() => []);
  const none = {
    asked: mapDimensions<AskedCell>(() => []),
    drivers: [],
    doubtful: 0,
    imported: [],
  };
  return { ...none, cleaned, raw: cleaned, ...parts };
};
const recommended = (cells: Partial<SurveyCells>) =>
  recommendActions({
    survey: 'nps',
    cells: cellsOf(cells),
    cellsBefore: cellsOf({}),
    followUps: { unhappy: { customers: 0, agreed: 0, toContact: 0 } },
    driverName: (id: string) => id,
    policy: { categories: [], tiers: [] },
    groups: new Map(),
    brands: new Map(),
  } as unknown as SurveyReportData);

test('of many tests, those hold that hold together', () => {
  // Of four, the smallest is below 0.05 ÷ 4 = 0.0125, the next below 0.05 ÷ 3 = 0.0167, the third not below 0.05 ÷ 2 = 0.025.
  const tests = [0.01, 0.04, 0.03, 0.005].map((p) => ({ p }));
  expect([...holdTogether(tests, 0.05)].map(({ p }) => p)).toEqual([0.005, 0.01]);
  expect(holdTogether([{ p: 0.05 }], 0.05).size).toBe(0);
  expect(holdTogether([], 0.05).size).toBe(0);
});

describe('a category that would be called lower if it alone were compared', () => {
  // Of 40: 20 promoters, 20 detractors: 0, variance 1; the others 70 promoters and 30 detractors of 100: +40, variance 0.84. Error of the difference
  // 100 × √(0.025 + 0.0084) = 18.28; z = 2.19, p = 0.029.
  const rows = [
    { value: 'low', score: 10, n: 20 },
    { value: 'low', score: 0, n: 20 },
    { value: 'rest', score: 10, n: 70 },
    { value: 'rest', score: 0, n: 30 },
  ];
  const only = (others: readonly SurveyCell[]) =>
    mapDimensions((dimension) =>
      dimension === 'category' ? [...rows, ...others] : rows.map((row) => ({ ...row, value: null })),
    );

  test('is recommended with five times as many answers', () => {
    // z = 4.9.
    const fivefold = mapDimensions((dimension) => only([])[dimension].map((row) => ({ ...row, n: row.n * 5 })));
    expect(recommended({ cleaned: fivefold })[0]).toMatch(/^Look into what goes wrong in category low: 0 \(/);
  });

  test('is not recommended: two groups are compared, and 0.029 is not below 0.05 ÷ 2', () => {
    expect(recommended({ cleaned: only([]) }).filter((one) => one.startsWith('Look into'))).toEqual([]);
  });
});

test('a category that answers less is not recommended when chance brings one among so many', () => {
  // 7 of 60 against 540 of 2,160: 11.7 % and 25 %, pooled 24.6 %, error 0.0564, z = −2.36, p = 0.018: not below 0.05 ÷ 37 = 0.0014.
  // 24 of 200: 12 %, pooled 23.9 %, error 0.0315, z = −4.1.
  const categories = Array.from({ length: 36 }, (_, n) => ({ value: `c${n}`, asked: 60, answered: 15 }));
  const asked = (low: number, n = 60) =>
    mapDimensions((dimension) =>
      dimension === 'category' ? [{ value: 'low', asked: n, answered: low }, ...categories] : [],
    );
  const less = (of: ReturnType<typeof asked>) =>
    recommended({ asked: of }).filter((one) => one.startsWith('Find out why'));
  expect(less(asked(7))).toEqual([]);
  expect(less(asked(24, 200))).toHaveLength(1);
});

test('without any true difference, hardly a report recommends one', () => {
  const random = mulberry32(7);
  const sizes: Record<string, number> = {
    category: 10,
    tier: 3,
    group: 6,
    language: 4,
    channel: 5,
    brand: 2,
    week: 13,
  };
  let [wrong, reports] = [0, 100];
  for (let report = 0; report < reports; report++) {
    const answers = Array.from({ length: 400 }, () => {
      const one = random();
      const values = SURVEY_DIMENSIONS.map((name) => [name, `${name}${Math.floor(random() * sizes[name]!)}`]);
      const drivers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].filter(() => random() < 0.12);
      return { score: one < 0.5 ? 10 : one < 0.7 ? 8 : 3, of: Object.fromEntries(values), drivers };
    });
    const cleaned = mapDimensions((name) =>
      answers.map(({ score, of }) => ({ value: of[name] as string, score, n: 1 })),
    );
    const drivers = answers.flatMap(({ score, drivers: named }) =>
      named.map((driver) => ({ driver, score, n: 1, ticked: 1 })),
    );
    if (recommended({ cleaned, drivers }).some((one) => one.includes('really lower'))) wrong += 1;
  }
  // At most one of twenty is expected; one by one, more than half had one.
  expect(wrong / reports).toBeLessThan(0.1);
});
