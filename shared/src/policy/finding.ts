// Defines a check's finding before its line is known, and the path to its place in the policy.

/** Keys and list positions from the top of the file. */
export type PolicyPath = readonly (string | number)[];

/** `tiers[1].group`; empty for the file as a whole. */
export function pathText(path: PolicyPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** What a finding is about, where more is to be said than its message: the names of `docs/reference/findings.md`. */
export type ProblemCode =
  | 'pattern-not-re2'
  | 'tier-without-group'
  | 'trigger-always-beaten'
  | 'trigger-never-fires'
  | 'view-newest-first';

export interface Finding {
  readonly code?: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly path: PolicyPath;
  /** Point at the key itself, at its value, or (for something missing) at the block that lacks it. */
  readonly at: 'key' | 'value' | 'block';
  /** A sentence without full stop, in an ops lead's words. */
  readonly message: string;
  /** The allowed values. */
  readonly allowed?: readonly string[];
  /** What was probably meant. */
  readonly didYouMean?: string;
  /** The other place that the message speaks of; named with its file if that is another one. */
  readonly other?: PolicyPath;
}

/** An error at a value: the usual case. */
export function errorAt(path: PolicyPath, message: string, more: Partial<Finding> = {}): Finding {
  return { severity: 'error', path, at: 'value', message, ...more };
}

/** A warning, which does not prevent the policy from working. */
export function warningAt(path: PolicyPath, message: string, more: Partial<Finding> = {}): Finding {
  return { severity: 'warning', path, at: 'value', message, ...more };
}
