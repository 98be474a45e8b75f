// Lays out charts of bars: columns side by side, or horizontal bars under one another.
import { scaleBand, scaleLinear } from 'd3-scale';
import type { FigureUnit } from '../figures/figure-ids.ts';
import { type Frame, type Plot, plotOf, type Tick, toPixel } from './frame.ts';
import { valueScale } from './value-scale.ts';

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColumnLayout {
  readonly plot: Plot;
  readonly yTicks: readonly Tick[];
  /** The middle of each group, and its index as value; evenly chosen when there are many. */
  readonly xTicks: readonly Tick[];
  /** By group, then by series. */
  readonly groups: readonly (readonly Bar[])[];
}

const MOST_X_TICKS = 8;

/** @param groups the values of each group, one a series: `[[arrivals, solves], ...]` */
export function layOutColumns(
  groups: readonly (readonly number[])[],
  { unit, frame }: { unit: FigureUnit; frame: Frame },
): ColumnLayout {
  const plot = plotOf(frame);
  const { y, ticks } = valueScale(groups.flat(), unit, plot);
  const outer = scaleBand(range(groups.length), [plot.left, plot.right]).padding(0.2);
  const inner = scaleBand(range(Math.max(0, ...groups.map(({ length }) => length))), [0, outer.bandwidth()]);
  const every = Math.max(1, Math.ceil(groups.length / MOST_X_TICKS));
  return {
    plot,
    yTicks: ticks,
    xTicks: range(groups.length)
      .filter((n) => n % every === 0)
      .map((n) => ({ value: n, at: toPixel((outer(n) ?? 0) + outer.bandwidth() / 2) })),
    groups: groups.map((values, group) =>
      values.map((value, series) => ({
        x: toPixel((outer(group) ?? 0) + (inner(series) ?? 0)),
        y: y(value),
        width: toPixel(inner.bandwidth()),
        height: toPixel(plot.bottom - y(value)),
      })),
    ),
  };
}

/** Horizontal bars from the left, the first on top; the largest value fills the plot. */
export function layOutRows(values: readonly number[], frame: Frame): readonly Bar[] {
  const plot = plotOf(frame);
  const length = scaleLinear([0, Math.max(0, ...values) || 1], [0, plot.right - plot.left]);
  const row = scaleBand(range(values.length), [plot.top, plot.bottom]).padding(0.25);
  return values.map((value, n) => ({
    x: plot.left,
    y: toPixel(row(n) ?? 0),
    width: toPixel(length(value)),
    height: toPixel(row.bandwidth()),
  }));
}

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
