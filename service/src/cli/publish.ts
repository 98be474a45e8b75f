// `deskwright publish`: checks a draft and replaces the policy by it.
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatProblems } from '@deskwright/shared';
import { decodeText } from '../platform/text-files/decode-text.ts';
import { describeChanges } from '../policy/describe-changes.ts';
import type { IncludedFile } from '../policy/read-included.ts';
import { checkDraft, readPolicyFile } from '../policy/read-policy-file.ts';
import { countProblems } from './check.ts';
import { takeBackInterrupted } from './claim-files.ts';
import type { FileCalls } from './replace-file.ts';
import { type NewFile, replaceFiles } from './replace-files.ts';

export interface PublishOptions {
  readonly draft: string;
  readonly policyPath: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly now: () => Date;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
  /** Default: the file system's own calls. */
  readonly files?: Partial<FileCalls>;
  readonly check?: typeof checkDraft;
}

/**
 * `deskwright publish DRAFT`: the draft and the files beside it that it names replace the policy's in one step, so that nobody reads half
 * of it; the former ones stay beside them.
 * @returns the exit code: 0 published (or would be), 1 the draft has errors, 2 it cannot be read
 * @throws Error when the policy's folder cannot be written, a file of the draft changes meanwhile, or another command is replacing files
 */
export async function runPublish({
  draft,
  dryRun,
  json,
  now,
  out,
  files = {},
  check = checkDraft,
  ...rest
}: PublishOptions): Promise<0 | 1 | 2> {
  // A link in the policy's place stays a link.
  const policyPath = await realpath(rest.policyPath).catch(() => rest.policyPath);
  if (!dryRun) {
    const tookBack = await takeBackInterrupted(policyPath, { now: now(), files });
    if (tookBack !== null && !json) out(`${tookBack}\n`);
  }
  const checked = await readFile(draft).catch(() => null);
  const { read, parts } = await check(draft, policyPath);
  if (read.outcome === 'unreadable') {
    out(json ? JSON.stringify({ ok: false, file: draft, error: read.reason }) : `Cannot publish: ${read.reason}.`);
    return 2;
  }
  if (read.outcome === 'refused') {
    out(
      json
        ? JSON.stringify({ ok: false, file: draft, problems: read.problems })
        : `${formatProblems(read.problems, read.text)}\n\n${countProblems(read.problems)}; nothing was published`,
    );
    return 1;
  }
  const newParts = await findNew(parts, policyPath);
  const before = await readPolicyFile(policyPath, { runsTests: false });
  const changes = before.outcome === 'loaded' ? describeChanges(before.loaded.policy, read.loaded.policy) : null;
  const policy = { path: policyPath, text: await unchanged(draft, checked) };
  // Included files first: until the policy names it, a new one changes nothing.
  const published = dryRun ? [] : await replaceFiles(policyPath, [...newParts, policy], { now: now(), files });
  const former = published.at(-1)?.former ?? null;
  const formerOf = (path: string) => published.find((one) => one.path === path)?.former ?? null;
  if (json) {
    const { warnings, hash } = read.loaded;
    const replaced = newParts.map(({ path }) => ({ file: path, former: formerOf(path) }));
    out(
      JSON.stringify({
        ok: true,
        published: !dryRun,
        file: policyPath,
        former,
        parts: replaced,
        changes,
        hash,
        problems: warnings,
      }),
    );
    return 0;
  }
  if (read.loaded.warnings.length > 0) out(`${formatProblems(read.loaded.warnings, read.text)}\n`);
  out(describe(changes));
  for (const { path } of newParts) out(`${dryRun ? 'Would write' : 'Wrote'} ${path}, which it names.`);
  out(
    dryRun
      ? `\n${draft} is fine. Nothing was published (--dry-run).`
      : `\nPublished as ${policyPath}. A running service reads it within seconds.${former ? `\nThe former policy is ${former}` : ''}${describeFormer(newParts.flatMap(({ path }) => formerOf(path) ?? []))}${published.some(({ inPlace }) => inPlace) ? `\n${IN_PLACE}` : ''}`,
  );
  return 0;
}

/** @throws Error when there is none */
export function named(draft: string | undefined): string {
  if (draft === undefined) throw new Error('Name the edited copy: deskwright publish DRAFT');
  return draft;
}

/**
 * `deskwright publish --take-back`: the files are as before a `publish` that was killed, or as it wanted them if it had replaced them all.
 * @returns the exit code: 0, also when none was killed
 * @throws Error when another command is replacing files, or a former file is not there any more
 */
export async function runTakeBack(options: {
  readonly policyPath: string;
  readonly now: Date;
  readonly json: boolean;
  readonly out: (text: string) => void;
}): Promise<0> {
  const { policyPath, now, json, out } = options;
  const done = await takeBackInterrupted(policyPath, { now });
  out(json ? JSON.stringify({ ok: true, done }) : (done ?? 'No publish was interrupted.'));
  return 0;
}

/**
 * Included files and guidance of the draft that differ from those in the policy's folder.
 * @throws Error when one was saved again since it was checked
 */
async function findNew(parts: readonly IncludedFile[], policyPath: string): Promise<NewFile[]> {
  const found: NewFile[] = [];
  for (const { file, text, from = '' } of parts) {
    const bytes = await readFile(join(from, file));
    const decoded = decodeText(bytes);
    if (!decoded.ok || decoded.text !== text) throw new SavedAgain(join(from, file));
    const path = join(dirname(policyPath), file);
    // A link stays a link.
    const real = await realpath(path).catch(() => path);
    const live = await readFile(real).catch(() => null);
    if (live === null || !live.equals(bytes)) found.push({ path: real, text: bytes });
  }
  return found;
}

const describeFormer = (former: readonly string[]): string =>
  former.length === 0 ? '' : `\nFormer files that it names: ${former.join(', ')}`;

function describe(changes: readonly string[] | null): string {
  if (!changes) return 'There is no valid policy in its place to compare the draft with.';
  if (changes.length === 0)
    return 'The draft decides as the policy in its place does; only comments or layout may differ.';
  return ['Changes:', ...changes.map((change) => `  ${change}`)].join('\n');
}

/** The draft's bytes, if they are still those that were checked. */
async function unchanged(draft: string, checked: Buffer | null): Promise<Buffer> {
  const bytes = await readFile(draft);
  if (checked === null || !bytes.equals(checked)) throw new SavedAgain(draft);
  return bytes;
}

class SavedAgain extends Error {
  constructor(file: string) {
    super(`${file} was saved again while it was being checked; nothing was published. Publish it again`);
  }
}

const IN_PLACE =
  'It was written into the file, which is mounted by itself (as Docker does with one file) and cannot be replaced in one step. Mount its folder instead, and nobody can read half of it.';
