// Reads a policy and everything that is wrong in it.
import type { Policy, PolicyText } from '@deskwright/shared';
import {
  checkPolicyTexts,
  includedTexts,
  type ReadPolicy,
  readPolicyTexts,
  takenFromPolicy,
} from '../policy/read-policy-file.ts';
import type { PlacedFinding } from './finding.ts';
import { type LintInput, lintPolicy } from './lint-policy.ts';

export interface ReadFindings {
  readonly read: Exclude<ReadPolicy, { outcome: 'unreadable' }>;
  readonly findings: readonly PlacedFinding[];
  /** Included files of a draft that are not beside it, but beside the policy. */
  readonly fromPolicy: readonly string[];
}

/** What is asked beside the file itself. */
export type MoreInput = Pick<LintInput, 'more' | 'countPast' | 'closedAfterHours'>;

interface HowToRead {
  /** False: the policy's own tests are shown elsewhere, so that red ones are no mistakes. */
  readonly runsTests?: boolean;
  /** Of a draft: the policy in whose place it would be. */
  readonly inPlaceOf?: string | undefined;
}

/**
 * @returns why it cannot be read, or what was found
 */
export async function readFindings(
  policyPath: string,
  moreOf: MoreInput | ((policy: Policy) => MoreInput) = {},
  { runsTests = true, inPlaceOf }: HowToRead = {},
): Promise<{ reason: string } | ReadFindings> {
  const texts = await readPolicyTexts(policyPath, { inPlaceOf });
  const read = checkPolicyTexts(texts, policyPath, { runsTests, inPlaceOf });
  if (!texts.ok || read.outcome === 'unreadable')
    return { reason: read.outcome === 'unreadable' ? read.reason : `${policyPath} cannot be read` };
  const files: readonly PolicyText[] = [
    { name: policyPath, text: texts.text },
    ...includedTexts(texts, policyPath, inPlaceOf),
  ];
  const others = [...read.text]
    .filter(([name]) => files.every((file) => file.name !== name))
    .map(([name, text]) => ({ name, text }));
  const isLoaded = read.outcome === 'loaded';
  const findings = lintPolicy({
    policy: isLoaded ? read.loaded.policy : null,
    problems: isLoaded ? read.loaded.warnings : read.problems,
    files,
    others,
    ...(typeof moreOf === 'function' ? (isLoaded ? moreOf(read.loaded.policy) : {}) : moreOf),
  });
  return { read, findings, fromPolicy: takenFromPolicy(texts, policyPath, inPlaceOf) };
}
