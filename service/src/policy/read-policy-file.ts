// Reads the policy file, the files that it includes, and the guidance they name.
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  asWarning,
  type LoadedPolicy,
  loadPolicy,
  type NamedFiles,
  type NamedGuidance,
  namedFiles,
  type PolicyProblem,
  type PolicyText,
} from '@deskwright/shared';
import { type DecodedText, decodeText } from '../platform/text-files/decode-text.ts';
import type { GuidanceByCategory } from './guidance/guidance.ts';
import { checkGuidance, type GuidanceTexts, readGuidanceTexts } from './guidance/read-guidance.ts';
import { type IncludedFile, readIncluded } from './read-included.ts';
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
      /** The guidance that all files name. */
      readonly named: readonly NamedGuidance[];
      readonly guidance: GuidanceTexts;
      readonly included: readonly IncludedFile[];
      /** Files that could not be included. */
      readonly notIncluded: readonly PolicyProblem[];
    }
  | { readonly ok: false; readonly reason: string };

/** The most `loadPolicy` accepts if every character took two bytes; a larger file is not read. */
const MOST_BYTES = 4_000_000;

/** The policy, the files that it includes, and the guidance they name; of a draft, each in every folder where it may be. */
export function filesOf(texts: PolicyTexts, path: string, inPlaceOf?: string): string[] {
  const { folder, draftFolder } = foldersOf(path, inPlaceOf);
  const folders = draftFolder === undefined ? [folder] : [draftFolder, folder];
  const others = texts.ok ? [...texts.included, ...texts.named].map(({ file }) => file) : [];
  return [path, ...others.flatMap((file) => folders.map((one) => join(one, file)))];
}

/**
 * Of a draft: the policy in whose place it would be. What the draft includes, and guidance, is looked for beside the draft first, and then
 * in the policy's folder. Left out: the file is the policy itself.
 */
interface PlacedPolicy {
  readonly inPlaceOf?: string | undefined;
}

interface CheckedPolicy extends PlacedPolicy {
  /** Whether the policy's tests are run, and refuse it when one fails. Default: yes. */
  readonly runsTests?: boolean;
  /** Whether an earlier version accepted it: checks, which may be stricter by now, then only warn, and its tests are not run. Default: no. */
  readonly wasInForce?: boolean;
}

function foldersOf(path: string, inPlaceOf: string = path): { folder: string; draftFolder: string | undefined } {
  const folder = dirname(inPlaceOf);
  return { folder, draftFolder: resolve(dirname(path)) === resolve(folder) ? undefined : dirname(path) };
}

/** Included files of a draft that were not beside it, with their paths in the policy's folder. */
export function takenFromPolicy(texts: PolicyTexts, path: string, inPlaceOf?: string): string[] {
  const { folder, draftFolder } = foldersOf(path, inPlaceOf);
  if (draftFolder === undefined || !texts.ok) return [];
  return texts.included.flatMap(({ file, from }) => (from === undefined ? [join(folder, file)] : []));
}

/** By their names in problems. */
export function includedTexts(texts: PolicyTexts, path: string, inPlaceOf?: string): PolicyText[] {
  const { folder } = foldersOf(path, inPlaceOf);
  return texts.ok ? texts.included.map(({ file, text, from = folder }) => ({ name: join(from, file), text })) : [];
}

/** Reads and validates a policy file, what it includes and the guidance it names; never throws. */
export async function readPolicyFile(path: string, options: CheckedPolicy = {}): Promise<ReadPolicy> {
  return checkPolicyTexts(await readPolicyTexts(path, options), path, options);
}

interface CheckedDraft {
  readonly read: ReadPolicy;
  /** Files beside the draft that it includes, and guidance that it names. */
  readonly parts: readonly IncludedFile[];
}

/** As if the draft stood in the policy's place. Never throws. */
export async function checkDraft(draft: string, policyPath: string): Promise<CheckedDraft> {
  const texts = await readPolicyTexts(draft, { inPlaceOf: policyPath });
  return {
    read: checkPolicyTexts(texts, draft, { inPlaceOf: policyPath }),
    parts: texts.ok ? [...texts.included, ...guidanceFiles(texts)].filter(({ from }) => from !== undefined) : [],
  };
}

const guidanceFiles = ({ guidance }: Extract<PolicyTexts, { ok: true }>): IncludedFile[] =>
  [...guidance].flatMap(([file, read]) =>
    read.ok ? [{ file, text: read.text, ...(read.from !== undefined && { from: read.from }) }] : [],
  );

/** Finds the files that texts name. */
type NamesIn = (texts: readonly string[]) => Promise<readonly NamedFiles[]>;

interface ReadTexts extends PlacedPolicy {
  readonly namesIn?: NamesIn;
}

/** Only reads, because this runs regularly on unchanged files. Never throws. */
export async function readPolicyTexts(path: string, options: ReadTexts = {}): Promise<PolicyTexts> {
  const { inPlaceOf = path, namesIn = async (texts) => texts.map(namedFiles) } = options;
  const { folder, draftFolder } = foldersOf(path, inPlaceOf);
  const own = [path, inPlaceOf];
  const read = await readOwnText(path);
  if (!read.ok) return read;
  const { text } = read;
  const {
    included,
    problems,
    guidance: named,
  } = await readIncluded({ text, name: path }, { folder, own, namesIn, draftFolder });
  const guidance = await readGuidanceTexts(named, folder, draftFolder);
  return { ok: true, text, named, guidance, included, notIncluded: problems };
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
  { wasInForce = false, runsTests = !wasInForce, inPlaceOf }: CheckedPolicy = {},
): ReadPolicy {
  const { folder } = foldersOf(path, inPlaceOf);
  if (!texts.ok) return { outcome: 'unreadable', reason: texts.reason };
  const places = new Map([...texts.included, ...guidanceFiles(texts)].map(({ file, from }) => [file, from]));
  const nameOf = (file: string): string => join(places.get(file) ?? folder, file);
  const included = includedTexts(texts, path, inPlaceOf);
  const policy = loadPolicy(texts.text, path, included, { wasInForce });
  const read = checkGuidance(texts.named, texts.guidance, {
    policyFile: path,
    nameOf,
    lookups: policy.ok
      ? policy.policy.lookups.map(({ name }) => name)
      : [texts, ...included].flatMap(({ text }) => possibleLookups(text)),
  });
  const text = new Map([[path, texts.text], ...included.map(({ name, text }) => [name, text] as const), ...read.texts]);
  // Of a policy of which a file is missing, the tests would say nothing.
  const isWhole = policy.ok && texts.notIncluded.length === 0;
  const own = policy.ok ? [...policy.warnings, ...(runsTests && isWhole ? failedTests(policy) : [])] : policy.problems;
  const all = [...texts.notIncluded, ...own, ...read.problems];
  const problems = inOrder(wasInForce && policy.ok ? all.map(asWarning) : all, [
    path,
    ...included.map(({ name }) => name),
  ]);
  if (!policy.ok || problems.some(({ severity }) => severity === 'error')) {
    return { outcome: 'refused', text, problems };
  }
  return { outcome: 'loaded', text, loaded: { ...policy, warnings: problems, guidance: read.guidance } };
}

/** Of a policy with a mistake: each id that its text gives as a name, so that no mistake elsewhere makes a placeholder unknown. */
function possibleLookups(text: string): string[] {
  return [...text.matchAll(/\bname:\s*["']?([a-z][a-z0-9_]*)["']?\s*[,}\n]/g)].map(([, name = '']) => name);
}

/** The problems of each file of the policy from top to bottom, then those of guidance, which are already in order. */
function inOrder(problems: readonly PolicyProblem[], files: readonly string[]): PolicyProblem[] {
  return [
    ...files.flatMap((name) =>
      problems.filter(({ file }) => file === name).toSorted((a, b) => a.line - b.line || a.column - b.column),
    ),
    ...problems.filter(({ file }) => !files.includes(file)),
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

/** Twice as many as a policy may have. */
const MOST = 500;

/** @param remembered by text, the one used last at the end */
export function rememberNames(namesIn: NamesIn, remembered: Map<string, NamedFiles>): NamesIn {
  return async (texts) => {
    const fresh = [...new Set(texts.filter((text) => !remembered.has(text)))];
    const found = fresh.length === 0 ? [] : await namesIn(fresh);
    const all = new Map([
      ...texts.map((text) => [text, remembered.get(text)] as const),
      ...fresh.map((text, index) => [text, found[index]] as const),
    ]);
    for (const [text, names] of all) {
      remembered.delete(text);
      if (names) remembered.set(text, names);
    }
    for (const oldest of [...remembered.keys()].slice(0, -MOST)) remembered.delete(oldest);
    return texts.map((text) => all.get(text) ?? { guidance: [], includes: [] });
  };
}
