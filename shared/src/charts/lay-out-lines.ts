// Lays out a chart of lines over time.
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { FigureUnit } from '../figures/figure-ids.ts';
import { type Frame, type Plot, plotOf, type Tick, toPixel } from './frame.ts';
import { valueScale } from './value-scale.ts';

export interface LinePoint {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Null: nothing was counted; the line has a gap. */
  readonly value: number | null;
  readonly interval?: readonly [low: number, high: number] | undefined;
}

export interface LineLayout {
  readonly plot: Plot;
  /** Pixels from the left for a moment, for marks and pointers. */
  readonly x: (at: number) => number;
  /** Pixels from the top for a value. */
  readonly y: (value: number) => number;
  /** Moments that have a point, evenly chosen. */
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly series: readonly {
    /** SVG path data; empty when there is nothing to draw. */
    readonly path: string;
    /** The band of the intervals; empty without one. */
    readonly band: string;
    /** Points without neighbours, which a path does not show, and the last one. */
    readonly dots: readonly { readonly x: number; readonly y: number }[];
  }[];
  /** Pixels from the top; null: no goal. */
  readonly goal: number | null;
}

const MOST_X_TICKS = 7;

/** @param series each in the order of time; @param goal a value that gets a line of its own */
export function layOutLines(
  series: readonly (readonly LinePoint[])[],
  { unit, frame, goal = null }: { unit: FigureUnit; frame: Frame; goal?: number | null },
): LineLayout {
  const plot = plotOf(frame);
  const moments = [...new Set(series.flatMap((points) => points.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const [first = 0, last = first] = [moments[0], moments.at(-1)];
  const xScale = scaleLinear([first, last > first ? last : first + 1], [plot.left, plot.right]);
  const x = (at: number): number => toPixel(xScale(at));
  const { y, ticks } = valueScale([...series.flatMap(valuesOf), ...(goal === null ? [] : [goal])], unit, plot);
  const every = Math.max(1, Math.ceil(moments.length / MOST_X_TICKS));
  return {
    plot,
    x,
    y,
    xTicks: moments.filter((_, n) => n % every === 0).map((value) => ({ value, at: x(value) })),
    yTicks: ticks,
    series: series.map((points) => ({
      path: pathOf(points, x, y),
      band: bandOf(points, x, y),
      dots: dotsOf(points).map(({ at, value }) => ({ x: x(at), y: y(value) })),
    })),
    goal: goal === null ? null : y(goal),
  };
}

type Known = LinePoint & { readonly value: number };

const isKnown = (point: LinePoint | undefined): point is Known => point !== undefined && point.value !== null;

function valuesOf(points: readonly LinePoint[]): number[] {
  return points.flatMap(({ value, interval }) => (value === null ? [] : [value, ...(interval ? [interval[1]] : [])]));
}

function pathOf(points: readonly LinePoint[], x: (at: number) => number, y: (value: number) => number): string {
  return (
    line<LinePoint>(
      ({ at }) => x(at),
      ({ value }) => y(value ?? 0),
    ).defined(isKnown)([...points]) ?? ''
  );
}

function bandOf(points: readonly LinePoint[], x: (at: number) => number, y: (value: number) => number): string {
  if (!points.some(({ interval }) => interval)) return '';
  return (
    area<LinePoint>(
      ({ at }) => x(at),
      ({ interval }) => y(interval?.[0] ?? 0),
      ({ interval }) => y(interval?.[1] ?? 0),
    ).defined((point) => isKnown(point) && point.interval !== undefined)([...points]) ?? ''
  );
}

function dotsOf(points: readonly LinePoint[]): Known[] {
  const last = points.findLastIndex(isKnown);
  return points.filter(
    (point, n): point is Known => isKnown(point) && (n === last || !(isKnown(points[n - 1]) || isKnown(points[n + 1]))),
  );
}
