// Lays out a small line without axes, for beside a number.
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { toPixel } from './frame.ts';

interface SparklineLayout {
  /** SVG path data; a null value is a gap. */
  readonly path: string;
  /** Where the newest value is. Null: fewer than two values are known, which is no line. */
  readonly last: { readonly x: number; readonly y: number } | null;
}

/** Room for the width of the line and the dot at its end. Pixels. */
const INSET = 3;

/** @param values evenly spaced in time, the oldest first; the line fills the height, since it shows a direction and no size */
export function layOutSparkline(
  values: readonly (number | null)[],
  { width, height }: { readonly width: number; readonly height: number },
): SparklineLayout {
  const known = values.filter((value) => value !== null);
  const end = values.findLastIndex((value) => value !== null);
  const newest = values[end];
  if (known.length < 2 || newest == null) return { path: '', last: null };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [INSET, width - INSET]);
  // The same value all the time is a line in the middle.
  const y = low === high ? () => height / 2 : scaleLinear([low, high], [height - INSET, INSET]);
  const path = line<number | null>(
    (_, n) => toPixel(x(n)),
    (value) => toPixel(y(value ?? 0)),
  ).defined((value) => value !== null)([...values]);
  return { path: path ?? '', last: { x: toPixel(x(end)), y: toPixel(y(newest)) } };
}
