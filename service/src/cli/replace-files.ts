// Puts new contents in the places of several files of a policy, all or none.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { publishingMark } from '../policy/read-settled.ts';
import { type FileCalls, type Replaced, replaceFile } from './replace-file.ts';

export interface NewFile {
  readonly path: string;
  readonly text: Buffer;
}

/**
 * In the order given; a running service reads nothing while some are replaced and some are not. When one cannot be written, those before it
 * get their former content back.
 * @returns what became of each, in the same order
 * @throws Error when a file cannot be written
 */
export async function replaceFiles(
  policyPath: string,
  changes: readonly NewFile[],
  how: { now: Date; files: Partial<FileCalls> },
): Promise<(Replaced & { path: string })[]> {
  const done: (Replaced & { path: string })[] = [];
  const mark = publishingMark(policyPath);
  if (changes.length > 1) await writeFile(mark, changes.map(({ path }) => `${path}\n`).join(''));
  try {
    for (const { path, text } of changes) {
      await mkdir(dirname(path), { recursive: true });
      done.push({ path, ...(await replaceFile(path, { text, ...how })) });
    }
    return done;
  } catch (error) {
    for (const { path, former } of done.toReversed())
      await (former === null ? rm(path, { force: true }) : rename(former, path));
    throw error;
  } finally {
    if (changes.length > 1) await rm(mark, { force: true });
  }
}
