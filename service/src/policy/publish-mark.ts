// The mark that `publish` leaves in the policy's folder while it replaces files, and reading the files while there is none.
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type PolicyTexts, readPolicyTexts } from './read-policy-file.ts';

/** A file that is being replaced. */
const markedFileSchema = z.object({
  /** From the mark's folder, which may be mounted elsewhere for the service. */
  file: z.string(),
  /** What stood there before; null: no file. */
  old: z.string().nullable(),
  new: z.string(),
});

const markSchema = z.object({
  host: z.string(),
  pid: z.number().int().positive(),
  user: z.string(),
  at: z.iso.datetime(),
  files: z.array(markedFileSchema),
});

export type PublishMark = z.infer<typeof markSchema>;

export interface FoundMark {
  readonly path: string;
  /** Null: not (yet) written to its end. No file is replaced before it is. */
  readonly mark: PublishMark | null;
  /** It is so young that its `publish` may be at work: renaming takes milliseconds. */
  readonly isFresh: boolean;
}

const MAY_WORK_MS = 60_000;

/** Where the mark of a policy stands; a link to the policy has that of the file it leads to. */
export const markPath = async (policyPath: string): Promise<string> =>
  join(dirname(await realpath(policyPath).catch(() => policyPath)), '.deskwright-publishing');

/** Null: nobody is replacing files, and no `publish` was killed. */
export async function findMark(policyPath: string): Promise<FoundMark | null> {
  const path = await markPath(policyPath);
  const [text, found] = await Promise.all([readFile(path, 'utf8'), stat(path)]).catch(() => [null, null] as const);
  if (found === null) return null;
  return { path, mark: parse(text), isFresh: Date.now() - found.mtimeMs < MAY_WORK_MS };
}

function parse(text: string): PublishMark | null {
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Of a file's content; null when there is no file. */
export async function contentHash(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes && hashOf(bytes);
}

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** `between`: some files are new and some are not, or one has a content that is neither. */
export async function stateOf({
  path,
  mark,
}: Pick<FoundMark, 'path' | 'mark'>): Promise<'before' | 'between' | 'after'> {
  if (!mark) return 'before';
  const now = await Promise.all(mark.files.map(({ file }) => contentHash(join(dirname(path), file))));
  if (mark.files.every((file, at) => file.new === now[at])) return 'after';
  return mark.files.every(({ old }, at) => old === now[at]) ? 'before' : 'between';
}

/**
 * Two equal readings between which the files were all old or all new have no half: a `publish` that had replaced some of them before the
 * first would still have its mark, and one that began later would change the second.
 * @returns null while files are being replaced or edited: read them again. When a `publish` was interrupted between two files, or is
 * `isLastTry`, not ok, with what to do
 */
export async function readSettled(
  path: string,
  { isLastTry = false, ...options }: Parameters<typeof readPolicyTexts>[1] & { isLastTry?: boolean } = {},
): Promise<PolicyTexts | null> {
  const first = await readPolicyTexts(path, options);
  const found = await findMark(path);
  if (found && (await stateOf(found)) === 'between')
    return found.isFresh && !isLastTry ? null : { ok: false, reason: describeInterrupted(found.path) };
  return isLastTry || isDeepStrictEqual(await readPolicyTexts(path, options), first) ? first : null;
}

const describeInterrupted = (mark: string): string =>
  `deskwright publish was interrupted, and only some of the files are new. Publish the draft again, which takes back first what was done; deskwright publish --take-back only does that. If the files are right as they are, delete ${mark}`;
