// Defines the frame of a chart: its size, its plot area, and the place of its axis labels.

/** Pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Space around the plot, for the labels of the axes. */
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
}

/** A label of an axis, and its place along it in pixels. */
export interface Tick {
  readonly value: number;
  readonly at: number;
}

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The area inside the margins. */
export function plotOf({ width, height, margin }: Frame): Plot {
  return { left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
}

/** A coordinate to a tenth of a pixel: more digits only make the SVG longer. */
export const toPixel = (value: number): number => Math.round(value * 10) / 10;
