import { poissonDistribution } from 'simple-statistics';
import { mulberry32 } from './forecast.ts';
import { CATEGORY_RISE, FEWEST_WEEKS, isOtherAbove, judgeRise, NEW_REQUESTERS_BURST, tailOf } from './rising-counts.ts';

const DAY = 24;
const WEEK = 7 * DAY;
const WEEKS_COMPARED = 8;

/** Twice as many by day as by night, half as many at weekends. */
const shapeOf = (hour: number): number =>
  (hour % DAY < 12 ? 2 / 3 : 4 / 3) * (Math.floor(hour / DAY) % 7 < 5 ? 1.2 : 0.5);

/** Arrivals of each hour, a Poisson number around the usual one. Source of the method: Knuth, "Seminumerical Algorithms". */
function hoursOf(weeks: number, perDay: number, random: () => number, factor: (hour: number) => number = () => 1) {
  return Array.from({ length: weeks * WEEK }, (_, hour) => {
    const limit = Math.exp(-((perDay / DAY) * shapeOf(hour) * factor(hour)));
    let [count, product] = [0, random()];
    while (product > limit) {
      count += 1;
      product *= random();
    }
    return count;
  });
}

/** How often an alarm begins when the last 24 hours are compared every hour. */
function alarmsIn(hours: readonly number[]): number {
  const sums = [0];
  for (const count of hours) sums.push(sums.at(-1)! + count);
  const dayTo = (hour: number): number => sums[hour]! - sums[hour - DAY]!;
  let [alarms, wasRising] = [0, false];
  for (let hour = WEEKS_COMPARED * WEEK + DAY; hour <= hours.length; hour++) {
    const past = Array.from({ length: WEEKS_COMPARED }, (_, week) => dayTo(hour - (week + 1) * WEEK));
    const { isRising } = judgeRise(dayTo(hour), past, wasRising, CATEGORY_RISE);
    if (isRising && !wasRising) alarms += 1;
    wasRising = isRising;
  }
  return alarms;
}

test('over 1,000 weeks of chance, a category raises fewer than one alarm in a hundred weeks', () => {
  const random = mulberry32(1);
  let [alarms, weeks] = [0, 0];
  // Quiet ones and busy ones; together 1,000 weeks after the first eight of each.
  for (const perDay of [0.1, 0.5, 1, 3, 8, 15, 40, 120])
    for (let run = 0; run < 5; run++) {
      alarms += alarmsIn(hoursOf(25 + WEEKS_COMPARED, perDay, random));
      weeks += 25;
    }
  expect(weeks).toBe(1_000);
  expect(alarms).toBeLessThan(weeks / 100);
});

test.each([10, 25, 60])('three times as many for two days, of usually %i a day, raise exactly one alarm', (perDay) => {
  // In the tenth week, on Tuesday and Wednesday.
  const begins = 9 * WEEK + DAY;
  const factor = (hour: number) => (hour >= begins && hour < begins + 2 * DAY ? 3 : 1);
  for (let seed = 1; seed <= 20; seed++) expect(alarmsIn(hoursOf(12, perDay, mulberry32(seed), factor))).toBe(1);
});

test('an earlier incident does not hide the next one', () => {
  const past = [10, 11, 9, 60, 10, 8, 12, 10];
  expect(judgeRise(30, past, false, CATEGORY_RISE)).toMatchObject({ isRising: true });
  expect(judgeRise(30, past, false, CATEGORY_RISE).expected).toBeLessThan(13);
});

test('a rise that has begun lasts until the count is usual again', () => {
  const past = [10, 11, 9, 10, 10, 8, 12, 10];
  expect(judgeRise(18, past, false, CATEGORY_RISE).isRising).toBe(false);
  expect(judgeRise(18, past, true, CATEGORY_RISE).isRising).toBe(true);
  expect(judgeRise(13, past, true, CATEGORY_RISE).isRising).toBe(false);
});

test('few tickets, twice as many as usual at most, and too few past weeks are no rise', () => {
  expect(judgeRise(7, [0, 0, 0, 0, 0, 0], false, CATEGORY_RISE).isRising).toBe(false);
  expect(judgeRise(8, [0, 0, 0, 0, 0, 0], false, CATEGORY_RISE).isRising).toBe(true);
  expect(judgeRise(1_900, [1_000, 1_010, 990, 1_000], false, CATEGORY_RISE).isRising).toBe(false);
  expect(judgeRise(500, [1, 1, 1].slice(0, FEWEST_WEEKS - 1), false, CATEGORY_RISE)).toEqual({
    isRising: false,
    expected: null,
  });
});

test('a wave of spam is a burst of new requesters, a good day is not', () => {
  const past = [12, 9, 14, 11, 10, 13];
  expect(judgeRise(300, past, false, NEW_REQUESTERS_BURST).isRising).toBe(true);
  expect(judgeRise(30, past, false, NEW_REQUESTERS_BURST).isRising).toBe(false);
});

test('the tail is that of Poisson when nothing more is known to vary, and of large counts too', () => {
  const poisson = poissonDistribution(4)!;
  const tail = 1 - poisson.slice(0, 9).reduce((sum, one) => sum + one, 0);
  expect(tailOf(9, 4, 4.000001)).toBeCloseTo(tail, 4);
  // One in two: P(X >= 10,000) of a mean of 9,999 and much variance.
  expect(tailOf(10_000, 9_999, 20_000)).toBeGreaterThan(0.4);
  expect(tailOf(3, 4, 5)).toBe(1);
  expect(tailOf(1_000_000, 10, 12)).toBe(0);
});

test.each([
  ['21 of 100 above 20 %', 21, 100, false, true],
  ['20 of 100 not', 20, 100, false, false],
  ['19 of 100 still, once it was above', 19, 100, true, true],
  ['18 of 100 not any more', 18, 100, true, false],
  ['10 of 19 not: too few to say', 10, 19, false, false],
])('the share of other: %s', (_, other, tickets, wasAbove, isAbove) => {
  expect(isOtherAbove(other, tickets, 0.2, wasAbove)).toBe(isAbove);
});
