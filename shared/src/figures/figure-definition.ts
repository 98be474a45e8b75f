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
  | { readonly kind: 'forecast' }
  /** Read from the decisions of a period. */
  | { readonly kind: 'shadow' };

/** What people read about a figure. Words in backticks are those of the policy and of Zendesk. */
export interface FigureTexts {
  readonly name: string;
  /** One sentence. */
  readonly definition: string;
  readonly formula: string;
  readonly leavesOut: string;
  /** Where the definition or the method comes from. */
  readonly source: string;
}

export interface DefinedFigure extends FigureTexts {
  readonly better: 'more' | 'less' | 'neither';
  readonly from: FigureSource;
}

export interface FigureDefinition extends DefinedFigure {
  readonly unit: FigureUnit;
}
