// Reads a policy that a command names: a file, or a version of the policy in git.
import { existsSync } from 'node:fs';
import { formatProblems, type Policy } from '@deskwright/shared';
import { readPolicyAt } from '../policy/read-policy-at.ts';
import { type ReadPolicy, readPolicyFile } from '../policy/read-policy-file.ts';

/** A policy whose tests are red can be asked, too. */
export const ALL = { runsTests: false };

/**
 * A file, or `git:REVISION` of the policy's.
 * @throws Error with what is wrong and where, when it cannot be used
 */
export async function readNamedPolicy(given: string, policyPath: string): Promise<{ name: string; policy: Policy }> {
  const { name, read } = await readGiven(given, policyPath);
  return { name, policy: usable(name, read) };
}

/** What stands in a file, or for `git:REVISION` in the policy's at that time. Never throws. */
export async function readGiven(given: string, policyPath: string): Promise<{ name: string; read: ReadPolicy }> {
  const revision = given.startsWith('git:') && !existsSync(given) ? given.slice('git:'.length) : null;
  if (revision === null) return { name: given, read: await readPolicyFile(given, { ...ALL, inPlaceOf: policyPath }) };
  return { name: `${policyPath} at ${revision}`, read: await readPolicyAt(revision, policyPath) };
}

/** @throws Error with what is wrong and where, when it cannot be used */
export function usable(name: string, read: ReadPolicy): Policy {
  if (read.outcome === 'loaded') return read.loaded.policy;
  throw new Error(
    read.outcome === 'refused'
      ? `${name} has mistakes:\n${formatProblems(read.problems, read.text)}`
      : `${name} cannot be read: ${read.reason}.`,
  );
}
