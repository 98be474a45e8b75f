// Scores of surveys, worked by hand.
import fc from 'fast-check';
import type { Histogram } from './intervals.ts';
import { changeOfSurvey, differenceOf, maintainedFor } from './survey-changes.ts';
import { scoreSurvey } from './survey-scores.ts';

const answers = (counts: Readonly<Record<number, number>>): Histogram =>
  Object.entries(counts).map(([value, n]) => ({ value: Number(value), n }));
/** With so many promoters, passives and detractors. */
const nps = (promoters: number, passives: number, detractors: number): Histogram =>
  answers({ 9: promoters, 8: passives, 3: detractors });

test('NPS has the interval of its variance', () => {
  // peers.md: n = 100, p = 0.5, d = 0.3: variance 0.8 − 0.04 = 0.76; error 100 × √0.0076 = 8.718; 1.96 of it is 17.09.
  const score = scoreSurvey('nps', answers({ 10: 30, 9: 20, 8: 15, 7: 5, 6: 20, 0: 10 }));
  expect(score).toMatchObject({ n: 100, tooFew: false });
  expect(score.score).toBeCloseTo(20, 10);
  expect(score.interval?.[0]).toBeCloseTo(20 - 17.09, 2);
  expect(score.interval?.[1]).toBeCloseTo(20 + 17.09, 2);
  expect(score.classes).toEqual([
    { name: 'detractor', n: 30, share: 0.3 },
    { name: 'passive', n: 20, share: 0.2 },
    { name: 'promoter', n: 50, share: 0.5 },
  ]);
  // (300 + 180 + 120 + 35 + 120) / 100
  expect(score.mean).toBeCloseTo(7.55, 10);
});

test('CSAT and CES have the share of good answers with Wilson’s interval, and the mean', () => {
  // 24 of 30, as in the test of the interval.
  const csat = scoreSurvey('csat', answers({ 5: 20, 4: 4, 3: 3, 1: 3 }));
  expect(csat.score).toBe(0.8);
  expect(csat.interval?.map((end) => Number(end.toFixed(4)))).toEqual([0.6269, 0.9049]);
  // (100 + 16 + 9 + 3) / 30
  expect(csat.mean).toBeCloseTo(128 / 30, 10);
  // 5 counts, 4 does not.
  expect(scoreSurvey('ces', answers({ 7: 1, 5: 1, 4: 1, 1: 1 }))).toMatchObject({
    score: 0.5,
    mean: 4.25,
    tooFew: true,
  });
  expect(() => scoreSurvey('csat', answers({ 6: 1 }))).toThrow('not a score of csat: 6');
});

test('nothing has no interval of NPS, and answers all of one class have one', () => {
  expect(scoreSurvey('nps', [])).toMatchObject({ n: 0, score: null, interval: null, mean: null });
  const ofPromoters = scoreSurvey('nps', answers({ 10: 35 }));
  // With three more: 35.75 promoters, 1.5 passives, 0.75 detractors of 38: +92.105; variance 0.960526 − 0.848338 = 0.112188, error
  // 100 × √(0.112188 ÷ 38) = 5.4335, 1.96 of it 10.6495.
  expect(ofPromoters).toMatchObject({ score: 100, interval: [expect.closeTo(81.456, 3), 100] });
  // Of passives: 31.5 of 33, variance 1.5 ÷ 33 = 0.0454545, error 3.7113, 7.2741.
  const ofPassives = scoreSurvey('nps', answers({ 8: 30 }));
  expect(ofPassives).toMatchObject({ score: 0, interval: [expect.closeTo(-7.274, 3), expect.closeTo(7.274, 3)] });
  // Of one: 25 with an error of 37.5 reaches to 98.5, and the score itself is 100.
  expect(scoreSurvey('nps', answers({ 10: 1 })).interval?.[1]).toBe(100);
});

test('NPS and its interval stay between −100 and 100, and more answers make it narrower', () => {
  const count = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(count, count, count, (promoters, passives, detractors) => {
      const { score, interval } = scoreSurvey('nps', nps(promoters, passives, detractors));
      const more = scoreSurvey('nps', nps(promoters * 4, passives * 4, detractors * 4));
      const [low, high] = interval ?? [1, 0];
      const [lowOfMore, highOfMore] = more.interval ?? [0, 1];
      expect([low >= -100, high <= 100, low <= score!, high >= score!]).toEqual([true, true, true, true]);
      expect(highOfMore - lowOfMore).toBeLessThan(high - low);
    }),
  );
});

test.each([
  // −12 → +36: variances 0.28+0.40−0.0144 = 0.6656 and 0.56+0.20−0.1296 = 0.6304; with 50 each the error of the difference is
  // 100 × √(0.013312 + 0.012608) = 16.10; 48 ÷ 16.10 = 2.98.
  ['−12 to +36 with 50 answers each', 'nps', nps(14, 16, 20), nps(28, 12, 10), 'up'],
  // 20 → 0 with 50 each: 0.80−0.04 = 0.76 and 0.80; error 100 × √(0.0152 + 0.016) = 17.66; 20 ÷ 17.66 = 1.13.
  ['20 to 0 with 50 answers each', 'nps', nps(25, 10, 15), nps(20, 10, 20), 'unclear'],
  // With 400 each the error is 6.245; 20 ÷ 6.245 = 3.2.
  ['20 to 0 with 400 answers each', 'nps', nps(200, 80, 120), nps(160, 80, 160), 'down'],
  ['the same', 'nps', nps(20, 10, 10), nps(40, 20, 20), 'same'],
  ['fewer than 30 answers', 'nps', nps(0, 0, 29), nps(500, 0, 0), 'unclear'],
  // 30 of 30 have the error 100 × √(0.128099 ÷ 33) = 6.230, 26 promoters and 4 passives 100 × √(0.115556 ÷ 30) = 6.206: 13.33 ÷ 8.794 = 1.52.
  ['all promoters to 26 of 30', 'nps', nps(30, 0, 0), nps(26, 4, 0), 'unclear'],
  // 22 and 8 passives: 100 × √(0.195556 ÷ 30) = 8.074; 26.67 ÷ 10.198 = 2.61.
  ['all promoters to 22 of 30', 'nps', nps(30, 0, 0), nps(22, 8, 0), 'down'],
  ['all detractors to all promoters', 'nps', nps(0, 0, 30), nps(30, 0, 0), 'up'],
  // 0.5 → 0.7 with 100 each: pooled 0.6, error √(0.24 × 0.02) = 0.0693; 0.2 ÷ 0.0693 = 2.89.
  ['CSAT of 50 % to 70 %', 'csat', answers({ 5: 50, 1: 50 }), answers({ 4: 70, 3: 30 }), 'up'],
  // 0.5 → 0.6: pooled 0.55, error √(0.2475 × 0.02) = 0.0704; 1.42.
  // 27 bad of 430, 1.9 expected of 30: exact.
  ['CSAT of 97 % to 50 %', 'csat', answers({ 5: 388, 1: 12 }), answers({ 5: 15, 1: 15 }), 'down'],
  ['CES of 97 % to 75 %', 'ces', answers({ 7: 1_940, 1: 60 }), answers({ 7: 45, 1: 15 }), 'down'],
  ['CES of 50 % to 60 %', 'ces', answers({ 5: 50, 4: 50 }), answers({ 7: 60, 1: 40 }), 'unclear'],
] as const)('a change of %s is judged', (_, survey, before, after, expected) => {
  expect(changeOfSurvey(survey, before, after)).toBe(expected);
});

test('a score is maintained while no quarter is really below an earlier one', () => {
  const [low, high] = [nps(14, 16, 20), nps(28, 12, 10)];
  expect(maintainedFor('nps', [low, high, high, high])).toBe(4);
  expect(maintainedFor('nps', [high, low, low])).toBe(2);
  // Little by little: each step may be chance, the whole is none.
  expect(maintainedFor('nps', [nps(60, 20, 20), nps(50, 20, 30), nps(40, 20, 40)])).toBe(2);
  expect(maintainedFor('nps', [high, nps(2, 0, 0)])).toBe(0);
  expect(maintainedFor('nps', [high, nps(2, 0, 0), high])).toBe(1);
  expect(maintainedFor('nps', [])).toBe(0);
});

test('the effect of a driver has an interval, of NPS by its variances and of shares by Newcombe’s', () => {
  // 20 and −20 of 100 each: variances 0.8 − 0.04 = 0.76 both, error of the difference 100 × √(0.0152) = 12.33, 1.96 of it 24.16.
  const effect = differenceOf('nps', nps(50, 20, 30), nps(30, 20, 50));
  expect(effect?.difference).toBeCloseTo(-40, 10);
  expect(effect?.interval?.map((end) => Number(end.toFixed(2)))).toEqual([-64.16, -15.84]);
  // Newcombe 1998, table II, example (a), method 10: 56 of 70 against 48 of 80, difference 0.2 with 0.0524 to 0.3339.
  const shares = differenceOf('csat', answers({ 5: 48, 1: 32 }), answers({ 4: 56, 2: 14 }));
  expect(shares?.difference).toBeCloseTo(0.2, 10);
  expect(shares?.interval?.map((end) => Number(end.toFixed(4)))).toEqual([0.0524, 0.3339]);
  expect(differenceOf('ces', [], answers({ 7: 1 }))).toBeNull();
  // Of all one class, with three more: 5.75 and 0.75 of 8: variance 0.8125 − 0.390625 = 0.421875, error 22.96 each; 1.96 × 32.48 = 63.65.
  const whole = differenceOf('nps', nps(5, 0, 0), nps(0, 0, 5));
  expect(whole).toEqual({ difference: -200, interval: [-200, expect.closeTo(-136.35, 2)] });
});

test('an effect lies within its interval, turns its sign with its sides, and more answers make it surer', () => {
  const count = fc.integer({ min: 1, max: 300 });
  const sides = fc.tuple(count, count, count, count, count, count);
  fc.assert(
    fc.property(sides, fc.constantFrom('nps', 'csat'), ([a, b, c, d, e, f], survey) => {
      const build =
        survey === 'nps' ? nps : (good: number, fair: number, bad: number) => answers({ 5: good, 3: fair, 1: bad });
      const [one, other] = [build(a, b, c), build(d, e, f)];
      const there = differenceOf(survey, one, other);
      const back = differenceOf(survey, other, one);
      const more = differenceOf(survey, build(4 * a, 4 * b, 4 * c), build(4 * d, 4 * e, 4 * f));
      const [low, high] = there?.interval ?? [1, 0];
      const [lowOfMore, highOfMore] = more?.interval ?? [0, 1];
      expect([low <= there!.difference, high >= there!.difference]).toEqual([true, true]);
      expect(back!.difference).toBeCloseTo(-there!.difference, 9);
      expect(back!.interval[0]).toBeCloseTo(-high, 9);
      expect(highOfMore - lowOfMore).toBeLessThan(high - low);
    }),
  );
});
