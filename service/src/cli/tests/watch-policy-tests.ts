// Runs the tests again whenever the policy is saved.
import { repeatOnSave } from '../repeat-on-save.ts';
import { type PolicyTestsOptions, runPolicyTests } from './run-policy-tests.ts';

interface WatchOptions extends PolicyTestsOptions {
  readonly now: () => Date;
  /** How often the files are checked when no change was reported. */
  readonly pollMs?: number;
}

/** Until aborted. @returns the exit code of the last run */
export const watchPolicyTests = (options: WatchOptions, signal: AbortSignal): Promise<0 | 1 | 2> =>
  repeatOnSave(() => runPolicyTests(options), options, signal);
