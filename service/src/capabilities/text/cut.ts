// Names the parts of a text that do not decide a category.

export type CutKind =
  /** Earlier messages below or between what is new. */
  | 'quoted'
  /** A message passed on, below the customer's own words. */
  | 'forwarded'
  | 'signature'
  | 'disclaimer'
  | 'link'
  | 'address';

/** A stretch of a text: `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Cut {
  readonly kind: CutKind;
  readonly start: number;
  readonly end: number;
}
