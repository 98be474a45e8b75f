// Checks a draft of the policy and puts it in the policy's place.
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { formatProblems } from '@deskwright/shared';
import { decodeText } from '../platform/text-files/decode-text.ts';
import { describeChanges } from '../policy/describe-changes.ts';
import { checkDraft, readPolicyFile } from '../policy/read-policy-file.ts';
import { countProblems } from './check.ts';
import { type FileCalls, replaceFile } from './replace-file.ts';

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
 * `deskwright publish DRAFT`: the draft replaces the policy in one step, so that nobody reads half of it; the former policy stays beside it.
 * @returns the exit code: 0 published (or would be), 1 the draft has errors or is not all that would have to be published, 2 it cannot be read
 * @throws Error when the policy's folder cannot be written, or the draft changes meanwhile
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
  const checked = await readFile(draft).catch(() => null);
  const read = await check(draft, policyPath);
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
  const differing = await findDiffering(read.text, { draft, policyPath });
  if (differing !== null) {
    const [mine, live] = differing;
    const problem = `${mine} differs from ${live}, and publish replaces the policy alone: the draft was checked with ${live}. Copy ${mine} over it first (a running service reads it at once), or remove ${mine}`;
    out(json ? JSON.stringify({ ok: false, file: draft, error: problem }) : `Nothing was published: ${problem}.`);
    return 1;
  }
  const before = await readPolicyFile(policyPath, { runsTests: false });
  const changes = before.outcome === 'loaded' ? describeChanges(before.loaded.policy, read.loaded.policy) : null;
  const { former, inPlace } = dryRun
    ? { former: null, inPlace: false }
    : await replaceFile(policyPath, { text: await unchanged(draft, checked), now: now(), files });
  if (json) {
    const { warnings, hash } = read.loaded;
    out(JSON.stringify({ ok: true, published: !dryRun, file: policyPath, former, changes, hash, problems: warnings }));
    return 0;
  }
  if (read.loaded.warnings.length > 0) out(`${formatProblems(read.loaded.warnings, read.text)}\n`);
  out(describe(changes));
  out(
    dryRun
      ? `\n${draft} is fine. Nothing was published (--dry-run).`
      : `\nPublished as ${policyPath}. A running service reads it within seconds.${former ? `\nThe former policy is ${former}` : ''}${inPlace ? `\n${IN_PLACE}` : ''}`,
  );
  return 0;
}

/**
 * Whoever copies the whole folder and edits an included file there expects it to be published too.
 * @param checked texts by name, those of included files from the policy's folder among them
 * @returns the included file beside the draft and the one beside the policy; null: none differs
 */
async function findDiffering(
  checked: ReadonlyMap<string, string>,
  { draft, policyPath }: Pick<PublishOptions, 'draft' | 'policyPath'>,
): Promise<readonly [mine: string, live: string] | null> {
  for (const [live, text] of checked) {
    if (live === draft || !/\.ya?ml$/.test(live)) continue;
    const mine = join(dirname(draft), relative(dirname(policyPath), live));
    const bytes = await readFile(mine).catch(() => null);
    const decoded = bytes && decodeText(bytes);
    if (decoded?.ok && decoded.text !== text) return [mine, live];
  }
  return null;
}

function describe(changes: readonly string[] | null): string {
  if (!changes) return 'There is no valid policy in its place to compare the draft with.';
  if (changes.length === 0)
    return 'The draft decides as the policy in its place does; only comments or layout may differ.';
  return ['Changes:', ...changes.map((change) => `  ${change}`)].join('\n');
}

/** The draft's bytes, if they are still those that were checked. */
async function unchanged(draft: string, checked: Buffer | null): Promise<Buffer> {
  const bytes = await readFile(draft);
  if (checked === null || !bytes.equals(checked))
    throw new Error(`${draft} was saved again while it was being checked; nothing was published. Publish it again`);
  return bytes;
}

const IN_PLACE =
  'It was written into the file, which is mounted by itself (as Docker does with one file) and cannot be replaced in one step. Mount its folder instead, and nobody can read half of it.';
