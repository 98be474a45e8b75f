import fc from 'fast-check';
import { layOutColumns, layOutLines, layOutRows, layOutSparkline } from './index.ts';

const frame = { width: 200, height: 100, margin: { top: 10, right: 10, bottom: 20, left: 40 } };
const HOUR = 3_600;
const DAY_MS = 86_400_000;

describe('lines beside a number', () => {
  const size = { width: 50, height: 16 };

  it('fill their height, with a gap where nothing was counted', () => {
    expect(layOutSparkline([0, 10, null, 5, 5], size)).toEqual({
      path: 'M3,13L14,3M36,8L47,8',
      last: { x: 47, y: 8 },
    });
  });

  it.each([[[]], [[7]], [[null, 7, null]]])('are none for %j', (values) => {
    expect(layOutSparkline(values, size).last).toBeNull();
  });

  it('are level where nothing changes, and end at the newest known value', () => {
    expect(layOutSparkline([4, 4, null], size)).toEqual({ path: 'M3,8L25,8', last: { x: 25, y: 8 } });
  });
});

describe('lines', () => {
  const points = (values: (number | null)[]) => values.map((value, n) => ({ at: n * DAY_MS, value }));

  it('begin at the left edge of the plot and end at the right', () => {
    const { series, plot } = layOutLines([points([0, 10])], { unit: 'count', frame });
    expect(plot).toEqual({ left: 40, right: 190, top: 10, bottom: 80 });
    expect(series).toEqual([{ path: 'M40,80L190,10', band: '', dots: [{ x: 190, y: 10 }] }]);
  });

  it('have a gap where nothing was counted, and a dot where a point stands alone', () => {
    const [{ path, dots } = { path: '', dots: [] }] = layOutLines([points([5, null, 5, 10])], {
      unit: 'count',
      frame,
    }).series;
    expect(path.match(/M/g)).toHaveLength(2);
    expect(dots).toHaveLength(2);
  });

  it('show intervals as a band', () => {
    const withInterval = [0, 1].map((n) => ({ at: n * DAY_MS, value: 0.5, interval: [0.4, 0.6] as const }));
    expect(layOutLines([withInterval], { unit: 'share', frame }).series[0]?.band).toMatch(/^M40,.*Z$/);
  });

  it('get a scale that reaches the goal', () => {
    const { goal, yTicks } = layOutLines([points([1, 2])], { unit: 'count', frame, goal: 50 });
    expect(goal).toBe(yTicks.at(-1)?.at);
    expect(yTicks.at(-1)?.value).toBe(50);
  });

  it.each([
    ['minutes', 25 * 60, [0, 5, 10, 15, 20, 25].map((minutes) => minutes * 60)],
    ['hours', 9 * HOUR, [0, 2, 4, 6, 8, 10].map((hours) => hours * HOUR)],
    ['days', 6 * 24 * HOUR, [0, 2, 4, 6].map((days) => days * 24 * HOUR)],
  ])('have durations in steps of a clock: %s', (_, largest, expected) => {
    const { yTicks } = layOutLines([points([0, largest])], { unit: 'duration', frame });
    expect(yTicks.map(({ value }) => value)).toEqual(expected);
  });

  it('label whole numbers only where things are counted', () => {
    const { yTicks } = layOutLines([points([0, 1])], { unit: 'count', frame });
    expect(yTicks.map(({ value }) => value)).toEqual([0, 1]);
  });

  it.each([[[]], [[[]]], [[points([null])]], [[points([0])]], [[points([7])]]])('can be empty: %j', (series) => {
    const layout = layOutLines(series, { unit: 'duration', frame });
    expect(JSON.stringify(layout)).not.toMatch(/NaN|Infinity|null,/);
    expect(layout.yTicks.length).toBeGreaterThan(1);
  });

  it('stay within the plot, whatever the values', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.constantFrom('duration', 'share', 'count'), (values, unit) => {
        const { series, plot, y, xTicks } = layOutLines([points(values)], { unit, frame });
        expect(series[0]?.path).not.toContain('NaN');
        expect(xTicks.length).toBeLessThanOrEqual(8);
        const heights = values.flatMap((each) => (each === null ? [] : [y(each)]));
        expect(heights.filter((height) => height < plot.top || height > plot.bottom)).toEqual([]);
      }),
    );
  });
});

describe('columns', () => {
  it('stand side by side in their group, from the bottom', () => {
    const { groups, plot } = layOutColumns(
      [
        [10, 5],
        [0, 10],
      ],
      { unit: 'count', frame },
    );
    const [first, second, third] = groups.flat();
    expect(first).toMatchObject({ y: plot.top, height: plot.bottom - plot.top });
    expect(second!.x).toBeCloseTo(first!.x + first!.width, 0);
    expect(second!.height).toBeCloseTo(first!.height / 2, 0);
    expect(third).toMatchObject({ height: 0, y: plot.bottom });
  });

  it('label at most eight of many groups', () => {
    const { xTicks } = layOutColumns(
      Array.from({ length: 90 }, () => [1]),
      { unit: 'count', frame },
    );
    expect(xTicks.length).toBeLessThanOrEqual(8);
    expect(xTicks[0]?.value).toBe(0);
  });
});

describe('rows', () => {
  it('are as long as their value, the largest as wide as the plot', () => {
    expect(layOutRows([10, 5, 0], frame).map(({ width }) => width)).toEqual([150, 75, 0]);
  });

  it('can be empty or all zero', () => {
    expect(layOutRows([], frame)).toEqual([]);
    expect(layOutRows([0], frame)).toMatchObject([{ width: 0 }]);
  });
});
