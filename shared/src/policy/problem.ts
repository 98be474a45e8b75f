// Defines one problem of a policy file, as shown to its author.
import type { ProblemCode } from './finding.ts';

export interface PolicyProblem {
  /** None: an error or a piece of advice of its own. */
  readonly code?: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** As passed to `loadPolicy`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** Where in the policy: `triggers[2].actions.category`; empty for the file as a whole. */
  readonly path: string;
  /** A sentence without full stop. */
  readonly message: string;
  /** The allowed values. */
  readonly allowed?: readonly string[];
  /** What was probably meant. */
  readonly didYouMean?: string;
}

/** The same of a policy that works all the same. */
export const asWarning = (problem: PolicyProblem): PolicyProblem => ({ ...problem, severity: 'warning' });
