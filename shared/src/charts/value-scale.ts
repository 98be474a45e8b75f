// Chooses the scale of a chart's values, with ticks that people read easily.
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { FigureUnit } from '../figures/figure-ids.ts';
import { type Plot, type Tick, toPixel } from './frame.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds between ticks of a duration: steps of a clock in place of powers of ten. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((n) => [n * MINUTE])
  .concat(
    [1, 2, 3, 6, 12].map((n) => n * HOUR),
    [1, 2, 5, 7, 14, 28, 56, 112].map((n) => n * DAY),
  );

/** About this many ticks. */
const TICKS = 4;

export interface ValueScale {
  /** Pixels from the top for a value. */
  readonly y: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** From zero to at least the largest value; shares end at 1 if they come near it. An empty list gets a scale from 0 to 1. */
export function valueScale(values: readonly number[], unit: FigureUnit, plot: Plot): ValueScale {
  const largest = Math.max(0, ...values);
  const scale = scaleLinear([0, largest > 0 ? largest : 1], [plot.bottom, plot.top]);
  const ticks = unit === 'duration' ? clockTicks(scale) : niceTicks(scale, unit);
  const y = (value: number): number => toPixel(scale(value));
  return { y, ticks: ticks.map((value) => ({ value, at: y(value) })) };
}

function niceTicks(scale: ScaleLinear<number, number>, unit: FigureUnit): number[] {
  scale.nice(TICKS);
  const ticks = scale.ticks(TICKS);
  return unit === 'count' ? ticks.filter(Number.isInteger) : ticks;
}

function clockTicks(scale: ScaleLinear<number, number>): number[] {
  const [, largest = 1] = scale.domain();
  const step = CLOCK_STEPS.find((each) => largest / each <= TICKS + 1) ?? largest / TICKS;
  const count = Math.max(1, Math.ceil(largest / step));
  scale.domain([0, count * step]);
  return Array.from({ length: count + 1 }, (_, n) => n * step);
}
