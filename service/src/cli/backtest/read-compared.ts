// Reads the two policies that a back-test compares.
import type { Policy } from '@deskwright/shared';
import type { Compared } from '../../backtest/index.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { runTests } from '../../policy/tests/run-tests.ts';
import { ALL, readGiven, readNamedPolicy, usable } from '../operator.ts';

export interface ComparedPolicies {
  /** An edited copy; null: the policy itself is the candidate. */
  readonly draft: string | null;
  readonly policyPath: string;
  /** A file or `git:REVISION`; null: the policy for a draft, and for the policy itself the last commit. */
  readonly against: string | null;
}

/** @throws Error with what is wrong and where, when one of them cannot be used */
export async function readCompared(options: ComparedPolicies): Promise<Compared> {
  const { draft, policyPath, against } = options;
  const candidate = draft ?? policyPath;
  const after = usable(candidate, await readPolicyFile(candidate, { ...ALL, inPlaceOf: policyPath }));
  const before = await readGiven(against ?? (draft === null ? LAST_COMMIT : policyPath), policyPath);
  if (before.read.outcome === 'unreadable' && against === null && draft === null)
    throw new Error(
      `There is nothing to compare ${policyPath} with: ${before.read.reason}. Name the edited copy (deskwright backtest draft.yaml), or the policy in force (--against FILE).`,
    );
  return {
    before: { name: before.name, policy: usable(before.name, before.read) },
    after: { name: candidate, policy: after, failedTests: failedTestsOf(after) },
  };
}

const failedTestsOf = (policy: Policy): string[] =>
  runTests(policy).flatMap(({ name, differences }) => (differences.length > 0 ? [name] : []));

/**
 * The policy that an edited file is compared with while it is edited: the last commit, or without git the file as it is now. Null: that has
 * mistakes, so there is nothing to compare with.
 * @throws Error when the policy that `against` names cannot be used
 */
export async function readFormer({ draft, policyPath, against }: ComparedPolicies): Promise<Compared['before'] | null> {
  if (against !== null || (draft !== null && draft !== policyPath)) {
    return readNamedPolicy(against ?? policyPath, policyPath);
  }
  const committed = await readGiven(LAST_COMMIT, policyPath);
  if (committed.read.outcome === 'loaded') return { name: committed.name, policy: committed.read.loaded.policy };
  const now = await readPolicyFile(policyPath, ALL);
  return now.outcome === 'loaded'
    ? { name: 'the file as it was when the preview began', policy: now.loaded.policy }
    : null;
}

const LAST_COMMIT = 'git:HEAD';
