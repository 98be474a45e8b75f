// What is wrong at a place in a guidance file, before it is known on which line that is?

export interface GuidanceProblem {
  readonly severity: 'error' | 'warning';
  /** In the text, from 0. */
  readonly offset: number;
  /** A sentence without full stop. */
  readonly message: string;
  readonly allowed?: readonly string[];
  readonly didYouMean?: string;
}
