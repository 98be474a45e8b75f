import fc from 'fast-check';
import { type DayFlow, expectedWait, forecastBacklog, mulberry32 } from './forecast.ts';

const days = (count: number, flow: (index: number) => DayFlow): DayFlow[] =>
  Array.from({ length: count }, (_, index) => flow(index));

test("800 open tickets at 133 a day wait 6.0 days, by Little's law", () => {
  expect(expectedWait(800, 133)).toBeCloseTo(6, 1);
  const same = days(28, () => ({ arrivals: 133, solves: 133 }));
  expect(forecastBacklog({ open: 800, days: same, seed: 1 }).waitDays?.toFixed(1)).toBe('6.0');
});

test('first come, first served: the mean wait in a simulated queue is what Little says', () => {
  // 133 arrive and 133 are answered a day, evenly, oldest first, behind 800: each waits 800/133 days.
  const queue: number[] = Array.from({ length: 800 }, () => 0);
  const waits: number[] = [];
  for (let ticket = 0; ticket < 133 * 100; ticket++) {
    const now = ticket / 133;
    queue.push(now);
    waits.push(now - queue.shift()!);
  }
  const later = waits.slice(-133 * 50);
  expect(later.reduce((sum, wait) => sum + wait, 0) / later.length).toBeCloseTo(800 / 133, 2);
});

test('without arrivals and with steady solves the day is exact', () => {
  // 800 / 133 = 6.015 days, whatever is drawn.
  const forecast = forecastBacklog({ open: 800, days: days(28, () => ({ arrivals: 0, solves: 133 })), seed: 1 });
  expect(forecast.days).toBeCloseTo(6.015, 3);
  expect(forecast.interval?.[0]).toBeCloseTo(6.015, 3);
  expect(forecast.interval?.[1]).toBeCloseTo(6.015, 3);
  expect(forecast).toMatchObject({ open: 800, arrivalsPerDay: 0, solvesPerDay: 133, from: 28 });
});

test('keeps the pattern of the week', () => {
  // Five working days of 20 solves, then a weekend without any; the last day was a Sunday, so today is a Monday.
  const week = days(28, (index) => ({ arrivals: 0, solves: index % 7 < 5 ? 20 : 0 }));
  expect(forecastBacklog({ open: 100, days: week, seed: 1 }).days).toBe(5);
  // 120: on the Monday after the weekend.
  expect(forecastBacklog({ open: 120, days: week, seed: 1 }).days).toBe(8);
});

test('a backlog that grows has no day', () => {
  const grows = days(28, (index) => ({ arrivals: 140 + (index % 5), solves: 133 }));
  expect(forecastBacklog({ open: 800, days: grows, seed: 1 })).toMatchObject({ days: null, interval: null });
});

test('one that only few futures clear within a year has an open end', () => {
  // As many arrive as are solved, give or take 24 a day: a random walk from 300.
  const even = days(56, (index) => ({ arrivals: 100 + (index % 2 === 0 ? 24 : -24), solves: 100 }));
  const { days: middle, interval } = forecastBacklog({ open: 300, days: even, seed: 1 });
  expect(middle).toBeNull();
  expect(interval?.[0]).toBeGreaterThan(12.5);
  expect(interval?.[0]).toBeLessThan(365);
  expect(interval?.[1]).toBeNull();
});

test('fewer days than a week say nothing, and nothing open is clear', () => {
  expect(forecastBacklog({ open: 5, days: days(6, () => ({ arrivals: 0, solves: 9 })), seed: 1 })).toMatchObject({
    days: null,
    interval: null,
    from: 6,
  });
  expect(forecastBacklog({ open: 0, days: [], seed: 1 })).toMatchObject({ days: 0, interval: [0, 0], waitDays: null });
});

test('the same seed gives the same forecast, and the middle is within the interval', () => {
  const flow = fc.record({ arrivals: fc.nat(30), solves: fc.integer({ min: 10, max: 60 }) });
  fc.assert(
    fc.property(fc.array(flow, { minLength: 7, maxLength: 40 }), fc.nat(500), fc.integer(), (past, open, seed) => {
      const input = { open, days: past, seed, runs: 100 };
      const forecast = forecastBacklog(input);
      expect(forecastBacklog(input)).toEqual(forecast);
      if (forecast.days === null || forecast.interval === null) return;
      const [low, high] = forecast.interval;
      expect(low).toBeLessThanOrEqual(forecast.days);
      expect(high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(forecast.days);
    }),
    { numRuns: 50 },
  );
});

test('four of five futures end within the interval', () => {
  // What really happens is drawn from the same days as the forecast's: random days of 90 to 110 arrivals and 110 to 150 solves.
  const random = mulberry32(11);
  const draw = (): DayFlow => ({
    arrivals: 90 + Math.floor(21 * random()),
    solves: 110 + Math.floor(41 * random()),
  });
  let within = 0;
  for (let run = 0; run < 200; run++) {
    const { interval } = forecastBacklog({ open: 500, days: days(56, draw), seed: run, runs: 300 });
    let [left, day] = [500, 0];
    while (left > 0) {
      const { arrivals, solves } = draw();
      const next = left + arrivals - solves;
      day += next <= 0 ? left / (left - next) : 1;
      left = next;
    }
    if (interval !== null && day >= interval[0] && day <= (interval[1] ?? Number.POSITIVE_INFINITY)) within += 1;
  }
  expect(within / 200).toBeGreaterThan(0.65);
  expect(within / 200).toBeLessThan(0.92);
});
