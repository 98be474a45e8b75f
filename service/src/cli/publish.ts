// Checks a draft of the policy and puts it in the policy's place.
import { constants } from 'node:fs';
import { copyFile, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { formatProblems } from '@deskwright/shared';
import { describeChanges } from '../policy/describe-changes.ts';
import { checkDraft, readPolicyFile } from '../policy/read-policy-file.ts';
import { countProblems } from './check.ts';

export interface PublishOptions {
  readonly draft: string;
  readonly policyPath: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly now: () => Date;
  /** Prints one or more lines. */
  readonly out: (text: string) => void;
}

/**
 * `deskwright publish DRAFT`: the draft replaces the policy in one step, so that nobody reads half of it; the former policy stays beside it.
 * @returns the exit code: 0 published (or would be), 1 the draft has errors, 2 it cannot be read
 * @throws Error when the policy's folder cannot be written, or the draft changes meanwhile
 */
export async function runPublish({ draft, dryRun, json, now, out, ...rest }: PublishOptions): Promise<0 | 1 | 2> {
  // A link in the policy's place stays a link.
  const policyPath = await realpath(rest.policyPath).catch(() => rest.policyPath);
  const checked = await readFile(draft).catch(() => null);
  const read = await checkDraft(draft, policyPath);
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
  const before = await readPolicyFile(policyPath);
  const changes = before.outcome === 'loaded' ? describeChanges(before.loaded.policy, read.loaded.policy) : null;
  const former = dryRun ? null : await replace(await unchanged(draft, checked), policyPath, now());
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
      : `\nPublished as ${policyPath}. A running service reads it within seconds.${former ? `\nThe former policy is ${former}` : ''}`,
  );
  return 0;
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

/** Returns where the former policy is now; null when there was none. */
async function replace(text: Buffer, policyPath: string, now: Date): Promise<string | null> {
  const found = await stat(policyPath).catch(() => null);
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const ending = extname(policyPath);
  const former = `${policyPath.slice(0, policyPath.length - ending.length)}.${stamp}${ending}`;
  const fresh = join(dirname(policyPath), `.${stamp}.${process.pid}.tmp`);
  try {
    const file = await open(fresh, 'wx', found?.mode ?? 0o644);
    try {
      // The umask cuts the mode that `open` is given, and the service may be another user than who publishes.
      if (found) {
        if (found.uid !== process.getuid?.() || found.gid !== process.getgid?.())
          await file.chown(found.uid, found.gid);
        await file.chmod(found.mode & 0o7777);
      }
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (found) await copyFile(policyPath, former, constants.COPYFILE_EXCL);
    await rename(fresh, policyPath);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  return found ? former : null;
}
