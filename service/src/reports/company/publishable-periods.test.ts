// Checks that no sum or difference of told periods tells of a few answers.
import fc from 'fast-check';
import { publishablePeriods, type Span } from './publishable-periods.ts';

const LEAST = 5;
const days = (counts: readonly number[]) => ({ answersAt: [...counts.keys(), counts.length], counts });
const told = (periods: readonly Span[], counts: readonly number[]) => [
  ...publishablePeriods(periods, days(counts), LEAST),
];

test('a quarter is not told when it tells a month with one answer; months that are told stay', () => {
  const months = [0, 1, 2].map((from) => ({ from, to: from + 1 }));
  const quarter = { from: 0, to: 3 };
  expect(told([quarter, ...months], [20, 1, 30])).toEqual([months[0], months[2]]);
  expect(told([quarter, ...months], [20, 0, 30])).toEqual([months[0], months[2], quarter]);
  expect(told([quarter, ...months], [3, 1, 30])).toEqual([months[2]]);
  expect(told([quarter, ...months], [3, 4, 30])).toEqual([months[2], quarter]);
});

test('of a month and its weeks the edges are not told', () => {
  const weeks = [0, 7, 14, 21].map((from) => ({ from, to: from + 7 }));
  const month = { from: 0, to: 30 };
  const counts = Array.from({ length: 30 }, (_, day) => (day < 28 ? 2 : day - 28));
  expect(told([month, ...weeks], counts)).toEqual(weeks);
});

/** All that can be computed from the told periods: their span, as sums of basis vectors over days. */
function canTell(periods: readonly Span[], from: number, to: number): boolean {
  const reached = new Set([from]);
  for (let grew = true; grew; ) {
    const size = reached.size;
    for (const { from: a, to: b } of periods) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
    grew = reached.size > size;
  }
  return reached.has(to);
}

test('whatever the periods and the answers, nothing between one and four answers can be computed', () => {
  const spans = fc.array(
    fc.tuple(fc.nat(10), fc.integer({ min: 1, max: 6 })).map(([from, length]) => ({ from, to: from + length })),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(spans, fc.array(fc.nat(7), { minLength: 17, maxLength: 17 }), (periods, counts) => {
      const shown = told(periods, counts);
      const few = Array.from({ length: 17 }, (_, from) => from).flatMap((from) =>
        Array.from({ length: 17 - from }, (_, more) => ({ from, to: from + more + 1 })).filter(({ to }) => {
          const n = counts.slice(from, to).reduce((sum, one) => sum + one, 0);
          return n > 0 && n < LEAST;
        }),
      );
      expect(few.filter(({ from, to }) => canTell(shown, from, to))).toEqual([]);
    }),
  );
});
