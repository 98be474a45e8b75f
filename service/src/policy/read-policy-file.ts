// Reads the policy file and the guidance it names.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type LoadedPolicy,
  loadPolicy,
  type NamedGuidance,
  namedGuidance,
  type PolicyProblem,
} from '@deskwright/shared';
import { type DecodedText, decodeText } from '../platform/text-files/decode-text.ts';
import type { GuidanceByCategory } from './guidance/guidance.ts';
import { checkGuidance, type GuidanceTexts, readGuidanceTexts } from './guidance/read-guidance.ts';
import { failedTests } from './tests/run-tests.ts';

export interface LoadedPolicyFile extends LoadedPolicy {
  /** Not part of `hash`: decisions do not depend on guidance. */
  readonly guidance: GuidanceByCategory;
}

/** The policy's and the guidance's text, by file name as in the problems. */
type TextByFile = ReadonlyMap<string, string>;

export type ReadPolicy =
  | { readonly outcome: 'loaded'; readonly text: TextByFile; readonly loaded: LoadedPolicyFile }
  | { readonly outcome: 'refused'; readonly text: TextByFile; readonly problems: readonly PolicyProblem[] }
  /** Missing, a folder, no permission to read it. `reason` says which, and what to do. */
  | { readonly outcome: 'unreadable'; readonly reason: string };

export type PolicyTexts =
  | {
      readonly ok: true;
      readonly text: string;
      readonly named: readonly NamedGuidance[];
      readonly guidance: GuidanceTexts;
    }
  | { readonly ok: false; readonly reason: string };

/** The most `loadPolicy` accepts if every character took two bytes; a larger file is not read. */
const MOST_BYTES = 4_000_000;

/** The policy and the guidance it names. */
export function filesOf(texts: PolicyTexts, path: string): string[] {
  return [path, ...(texts.ok ? texts.named.map(({ file }) => join(dirname(path), file)) : [])];
}

interface CheckedPolicy {
  /** Whether the policy's tests are run, and refuse it when one fails. Default: yes. */
  readonly runsTests?: boolean;
}

/** Reads and validates a policy file and the guidance it names; never throws. */
export async function readPolicyFile(path: string, options: CheckedPolicy = {}): Promise<ReadPolicy> {
  return checkPolicyTexts(await readPolicyTexts(path), path, options);
}

/** As if the draft stood in the policy's place: the guidance it names is looked for in the policy's folder. Never throws. */
export async function checkDraft(draft: string, policyPath: string): Promise<ReadPolicy> {
  const texts = await readPolicyTexts(draft, undefined, namedGuidance, dirname(policyPath));
  return checkPolicyTexts(texts, draft);
}

/**
 * Only reads, because this runs regularly on unchanged files.
 * @param before what was read last, so that the same text is not parsed again
 * @param nameGuidance finds the files that a policy's text names
 * @param guidanceFolder where they are
 */
export async function readPolicyTexts(
  path: string,
  before?: PolicyTexts,
  nameGuidance: (text: string) => readonly NamedGuidance[] | Promise<readonly NamedGuidance[]> = namedGuidance,
  guidanceFolder: string = dirname(path),
): Promise<PolicyTexts> {
  const own = await readOwnText(path);
  if (!own.ok) return own;
  const { text } = own;
  const named = before?.ok && before.text === text ? before.named : await nameGuidance(text);
  return { ok: true, text, named, guidance: await readGuidanceTexts(named, guidanceFolder) };
}

async function readOwnText(path: string): Promise<DecodedText> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) return { ok: false, reason: `${path} is larger than 4 MB, the most a policy may have` };
    const decoded = decodeText(await readFile(path));
    return decoded.ok ? decoded : { ok: false, reason: `${path} cannot be read: ${decoded.reason}` };
  } catch (error) {
    return { ok: false, reason: explain(error, path) };
  }
}

/** Only validates. An error in guidance and a test that fails refuse the whole, like an error in the policy. */
export function checkPolicyTexts(
  texts: PolicyTexts,
  path: string,
  { runsTests = true }: CheckedPolicy = {},
): ReadPolicy {
  if (!texts.ok) return { outcome: 'unreadable', reason: texts.reason };
  const policy = loadPolicy(texts.text, path);
  const read = checkGuidance(texts.named, texts.guidance, {
    policyFile: path,
    nameOf: (file) => join(dirname(path), file),
    lookups: policy.ok ? policy.policy.lookups.map(({ name }) => name) : possibleLookups(texts.text),
  });
  const text = new Map([[path, texts.text], ...read.texts]);
  const own = policy.ok ? [...policy.warnings, ...(runsTests ? failedTests(policy, path) : [])] : policy.problems;
  const problems = inOrder([...own, ...read.problems], path);
  if (!policy.ok || problems.some(({ severity }) => severity === 'error')) {
    return { outcome: 'refused', text, problems };
  }
  return { outcome: 'loaded', text, loaded: { ...policy, warnings: problems, guidance: read.guidance } };
}

/** Of a policy with a mistake: each id that its text gives as a name, so that no mistake elsewhere makes a placeholder unknown. */
function possibleLookups(text: string): string[] {
  return [...text.matchAll(/\bname:\s*["']?([a-z][a-z0-9_]*)["']?\s*[,}\n]/g)].map(([, name = '']) => name);
}

/** The policy's problems from top to bottom, then those of guidance, which are already in order. */
function inOrder(problems: readonly PolicyProblem[], path: string): PolicyProblem[] {
  const isOwn = ({ file }: PolicyProblem) => file === path;
  return [
    ...problems.filter(isOwn).toSorted((a, b) => a.line - b.line || a.column - b.column),
    ...problems.filter((problem) => !isOwn(problem)),
  ];
}

function explain(error: unknown, path: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      return `there is no file ${path}; name the policy with --policy or DESKWRIGHT_POLICY, or write an example with: npx deskwright init`;
    case 'EACCES':
    case 'EPERM':
      return `no permission to read ${path}`;
    case 'EISDIR':
      return `${path} is a folder; name the file in it`;
    default:
      return `${path} cannot be read: ${message}`;
  }
}
