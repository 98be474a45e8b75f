// Reads a policy and everything that is wrong in it.
import { dirname, join } from 'node:path';
import type { Policy, PolicyText } from '@deskwright/shared';
import { checkPolicyTexts, type ReadPolicy, readPolicyTexts } from '../policy/read-policy-file.ts';
import { type LintInput, lintPolicy } from './lint-policy.ts';
import type { PlacedFinding } from './placed-finding.ts';

export interface ReadFindings {
  readonly read: Exclude<ReadPolicy, { outcome: 'unreadable' }>;
  readonly findings: readonly PlacedFinding[];
}

/** What is asked beside the file itself. */
export type MoreInput = Pick<LintInput, 'more' | 'countPast' | 'closedAfterHours'>;

/**
 * @param runsTests false: the policy's own tests are shown elsewhere, so that red ones are no mistakes
 * @returns why it cannot be read, or what was found
 */
export async function readFindings(
  policyPath: string,
  moreOf: MoreInput | ((policy: Policy) => MoreInput) = {},
  { runsTests = true }: { runsTests?: boolean } = {},
): Promise<{ reason: string } | ReadFindings> {
  const texts = await readPolicyTexts(policyPath);
  const read = checkPolicyTexts(texts, policyPath, { runsTests });
  if (!texts.ok || read.outcome === 'unreadable')
    return { reason: read.outcome === 'unreadable' ? read.reason : `${policyPath} cannot be read` };
  const files: readonly PolicyText[] = [
    { name: policyPath, text: texts.text },
    ...texts.included.map(({ file, text }) => ({ name: join(dirname(policyPath), file), text })),
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
  return { read, findings };
}
