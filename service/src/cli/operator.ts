// Determines who runs a command, asks for confirmation, and reads the policy.
import { hostname, userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { formatProblemLine } from '../policy/format-policy.ts';
import { type PolicyWithGuidance, policyInForce } from '../policy/policy-in-force.ts';
import { readPolicyFile } from '../policy/read-policy-file.ts';

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
