// Defines a finding as `check` shows it.
import type { PolicyProblem } from '@deskwright/shared';
import type { ExampleTicket } from '../decide/prove/index.ts';
import type { FindingCode } from './finding-codes.ts';

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
