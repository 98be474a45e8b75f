// Replaces the contents of several files of a policy, all or none.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { claimFiles } from './claim-files.ts';
import { type FileCalls, putBack, type Replaced, replaceFile } from './replace-file.ts';

export interface NewFile {
  readonly path: string;
  readonly text: Buffer;
}

/**
 * In the order given; a running service reads nothing while some are replaced and some are not, and a second command meanwhile is refused.
 * When one cannot be written, those before it get their former content back.
 * @returns what became of each, in the same order
 * @throws Error when a file cannot be written, or another command is replacing files
 */
export async function replaceFiles(
  policyPath: string,
  changes: readonly NewFile[],
  how: { now: Date; files: Partial<FileCalls> },
): Promise<(Replaced & { path: string })[]> {
  const done: (Replaced & { path: string })[] = [];
  const release = await claimFiles(policyPath, changes, how.now);
  try {
    for (const { path, text } of changes) {
      await mkdir(dirname(path), { recursive: true });
      done.push({ path, ...(await replaceFile(path, { text, ...how })) });
    }
    return done;
  } catch (error) {
    const left: string[] = [];
    for (const { path, former } of done.toReversed())
      await putBack(path, former, how.files).catch(() =>
        left.push(former === null ? `nothing in the place of ${path}` : `${former} in the place of ${path}`),
      );
    if (left.length > 0) throw new NotPutBack(error, left);
    throw error;
  } finally {
    await release();
  }
}

class NotPutBack extends Error {
  constructor(cause: unknown, left: readonly string[]) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${why}. Not all is as before: put back yourself ${left.join(', ')}`, { cause });
  }
}
