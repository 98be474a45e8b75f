import fc from 'fast-check';
import { followUpEffect, followUpLoad, type NextAnswer } from './follow-ups.ts';

test('the load of follow-ups needs a team once one person cannot take it', () => {
  // 34 hours are what one person takes: 45 follow-ups of 45 minutes are 33.75.
  expect(followUpLoad(540, 12, 45)).toMatchObject({ perWeek: 45, hours: 33.75, needsTeam: false });
  expect(followUpLoad(552, 12, 45)).toMatchObject({ perWeek: 46, hours: 34.5, needsTeam: true });
  expect(followUpLoad(1_088, 12, 45).people).toBe(2);
  expect(followUpLoad(0, 12, 45)).toEqual({ perWeek: 0, hours: 0, people: 0, needsTeam: false });
});

const next = (contacted: boolean, before: number, score: number, n: number): NextAnswer => ({
  contacted,
  before,
  score,
  n,
});

test('those who were contacted are compared with those who were not, with an interval', () => {
  const { contacted, others, difference, change, tooFew } = followUpEffect('nps', [
    next(true, 2, 9, 30),
    next(true, 4, 8, 10),
    next(true, 6, 3, 10),
    next(false, 5, 9, 15),
    next(false, 5, 7, 5),
    next(false, 1, 0, 20),
  ]);
  // 30 promoters and 10 detractors of 50: 40; 15 and 20 of 40: −12.5.
  expect([contacted.score.score, others.score.score]).toEqual([40, -12.5]);
  // (60 + 40 + 60) ÷ 50 and (75 + 25 + 20) ÷ 40.
  expect([contacted.meanBefore, others.meanBefore]).toEqual([3.2, 3]);
  // Variances 0.8 − 0.16 = 0.64 and 0.875 − 0.015625 = 0.859375; error 100 × √(0.0128 + 0.021484) = 18.52, 1.96 of it 36.29; 52.5 ÷ 18.52 = 2.84.
  expect(difference?.difference).toBeCloseTo(52.5, 10);
  expect(difference?.interval?.map((end) => Number(end.toFixed(1)))).toEqual([16.2, 88.8]);
  expect([change, tooFew]).toEqual(['up', false]);
});

test('with too few on one side nothing is judged, and with nobody there is no difference', () => {
  const few = followUpEffect('csat', [next(true, 1, 5, 29), next(false, 1, 1, 500)]);
  expect([few.change, few.tooFew]).toEqual(['unclear', true]);
  const nobody = followUpEffect('ces', [next(false, 1, 7, 40)]);
  expect([nobody.difference, nobody.contacted.meanBefore, nobody.tooFew]).toEqual([null, null, true]);
});

test('where contacting changes nothing, an effect is called real in about one of twenty cases at most', () => {
  // The same chances on both sides, so that every difference is chance.
  const one = fc.record({ contacted: fc.boolean(), score: fc.constantFrom(0, 3, 6, 7, 8, 9, 10) });
  const samples = fc.sample(fc.array(one, { minLength: 200, maxLength: 200 }), { numRuns: 400, seed: 7 });
  const called = samples.filter((sample) => {
    const { change } = followUpEffect(
      'nps',
      sample.map((answer) => ({ ...answer, before: 3, n: 1 })),
    );
    return change === 'up' || change === 'down';
  });
  expect(called.length / samples.length).toBeLessThan(0.08);
});
