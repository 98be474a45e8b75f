// Declares how a figure is defined.
import type { FigureUnit, MeasureId, TimedMeasure } from './figure-ids.ts';

/** How a figure is computed from measures of one period. Every kind adds up: from the measures of parts comes the figure of the whole. */
export type FigureSource =
  /** The median of the durations; all but `oldest_wait` of the figures in `duration`. */
  | { readonly kind: 'time'; readonly of: TimedMeasure }
  | { readonly kind: 'count'; readonly of: MeasureId }
  /** The number of `of` to each of `per`. */
  | { readonly kind: 'ratio'; readonly of: MeasureId; readonly per: readonly MeasureId[] }
  /** Of those with `met` not null, the share in which it is true. */
  | { readonly kind: 'met'; readonly of: readonly MeasureId[] }
  /** The share of answers with this score or a higher one. */
  | { readonly kind: 'top'; readonly of: 'csat' | 'ces'; readonly from: number }
  /** The mean of `score`, divided by `outOf`. */
  | { readonly kind: 'mean'; readonly of: 'csat' | 'ces' | 'steps_followed'; readonly outOf: number }
  /** Not of a period: as tickets stand now. */
  | { readonly kind: 'now' }
  | { readonly kind: 'forecast' };

export interface FigureDefinition {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly better: 'more' | 'less' | 'neither';
  /** One sentence. */
  readonly definition: string;
  readonly formula: string;
  readonly leavesOut: string;
  /** Where the definition or the method comes from. */
  readonly source: string;
  readonly from: FigureSource;
}
