// Defines what the linter finds, before its line is known and as `check` shows it.
import type { PolicyProblem } from '@deskwright/shared';
import type { ExampleTicket } from '../decide/prove/index.ts';
import type { FindingCode } from './finding-codes.ts';

/** Keys and list positions from the top of the policy. */
export type PolicyPath = ReadonlyArray<string | number>;

export interface LintFinding {
  readonly code: FindingCode;
  /** `note`: worth knowing, and often intended. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly path: PolicyPath;
  /** Point at the key itself, at its value, or (for something missing) at the block that lacks it. */
  readonly at: 'key' | 'value' | 'block';
  /** A sentence without full stop. */
  readonly message: string;
  /** Why it is so, step by step. Empty: the message says all. */
  readonly proof: readonly string[];
  /** A ticket that shows it; `deskwright explain --tickets` decides it. */
  readonly example?: ExampleTicket;
  /** The entry that `--fix` removes: no ticket is decided otherwise without it. */
  readonly remove?: PolicyPath;
}

export interface PlacedFinding extends Omit<PolicyProblem, 'code' | 'severity'> {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'note';
  /** Where the reference explains it. */
  readonly page: string;
  /** Why it is so, step by step. Empty: the message says all. */
  readonly proof: readonly string[];
  /** A ticket that shows it; `deskwright explain --tickets` decides it. */
  readonly example?: ExampleTicket;
  /** The entry that `--fix` removes, by its path within the file. */
  readonly remove?: ReadonlyArray<string | number>;
}
