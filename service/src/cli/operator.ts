// Determines who runs a command, asks for confirmation, and reads the policy.
import { existsSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { formatProblems, type Policy } from '@deskwright/shared';
import { formatProblemLine } from '../policy/format-policy.ts';
import { type PolicyWithGuidance, policyInForce } from '../policy/policy-in-force.ts';
import { readPolicyAt } from '../policy/read-policy-at.ts';
import { type ReadPolicy, readPolicyFile } from '../policy/read-policy-file.ts';

/** `ana@support-1`, also under sudo. */
export const currentPerson = (): string => `${process.env['SUDO_USER'] || userInfo().username}@${hostname()}`;

/**
 * @param options for what changes nothing: `runsTests: false` also takes a policy whose tests fail
 * @throws Error with what to do when it has mistakes or cannot be read
 */
export async function readPolicy(path: string, options?: { runsTests: boolean }): Promise<PolicyWithGuidance> {
  const read = await readPolicyFile(path, options);
  if (read.outcome === 'loaded') return policyInForce({ current: () => read.loaded }).current();
  if (read.outcome === 'unreadable') throw new Error(`The policy cannot be read: ${read.reason}.`);
  const [first] = read.problems.filter(({ severity }) => severity === 'error');
  throw new Error(
    `The policy ${path} has mistakes: see deskwright check.${first ? ` The first: ${formatProblemLine(first, path)}` : ''}`,
  );
}

/** Only a person at a terminal can agree. */
export async function askPerson(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('Nobody is at the terminal to ask: add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

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
