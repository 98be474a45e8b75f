// What does the policy file hold right now?
import { readFile } from 'node:fs/promises';
import { type LoadedPolicy, loadPolicy, type PolicyProblem } from '@deskwright/shared';

export type ReadPolicy =
  | { readonly outcome: 'loaded'; readonly text: string; readonly loaded: LoadedPolicy }
  | { readonly outcome: 'refused'; readonly text: string; readonly problems: readonly PolicyProblem[] }
  /** Missing, a folder, no right to read it. `reason` says which, and what to do. */
  | { readonly outcome: 'unreadable'; readonly reason: string };

type ReadText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Reads and validates a policy file; never throws. */
export async function readPolicyFile(path: string): Promise<ReadPolicy> {
  return judgePolicyText(await readPolicyText(path), path);
}

/** Only reads: what a regular look at an unchanged file should cost. */
export async function readPolicyText(path: string): Promise<ReadText> {
  try {
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { ok: false, reason: explain(error, path) };
  }
}

/** Only validates. */
export function judgePolicyText(read: ReadText, path: string): ReadPolicy {
  if (!read.ok) return { outcome: 'unreadable', reason: read.reason };
  const { text } = read;
  const result = loadPolicy(text, path);
  return result.ok
    ? { outcome: 'loaded', text, loaded: result }
    : { outcome: 'refused', text, problems: result.problems };
}

function explain(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `there is no file ${path}; name the policy with --policy or DESKWRIGHT_POLICY`;
    case 'EACCES':
    case 'EPERM':
      return `no right to read ${path}`;
    case 'EISDIR':
      return `${path} is a folder; name the file in it`;
    default:
      return `${path} cannot be read: ${message}`;
  }
}
