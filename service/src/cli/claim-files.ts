// Marks which files of a policy are about to be replaced, and reverts what a killed `publish` left half done.
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  contentHash,
  type FoundMark,
  findMark,
  hashOf,
  markPath,
  type PublishMark,
  stateOf,
} from '../policy/publish-mark.ts';
import { type FileCalls, formerPath, freshPath, putBack } from './replace-file.ts';

/**
 * Until the function that it returns is called, nobody else replaces files of this policy, and a service reads them only while none or all
 * are replaced. When that function finds only some of them replaced, the mark stays, and the service reads none of it.
 * @throws Error when somebody else is doing it, or was interrupted
 */
export async function claimFiles(
  policyPath: string,
  files: readonly { path: string; text: Buffer }[],
  now: Date,
): Promise<() => Promise<void>> {
  const path = await markPath(policyPath);
  const marked = files.map(async (one) => ({
    file: relative(dirname(path), one.path),
    old: await contentHash(one.path),
    new: hashOf(one.text),
  }));
  const mark: PublishMark = {
    host: hostname(),
    pid: process.pid,
    user: userName(),
    at: now.toISOString(),
    files: await Promise.all(marked),
  };
  try {
    await writeFile(path, `${JSON.stringify(mark, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const found = (await findMark(policyPath)) ?? { path, mark: null, isFresh: true };
    throw isAtWork(found) ? new StillPublishing(found) : new Interrupted(found);
  }
  return async () => {
    if ((await stateOf({ path, mark })) !== 'between') await rm(path, { force: true });
  };
}

/**
 * After a `publish` that was killed, all files are as they were before it, or as it wanted them if it had replaced them all.
 * @returns what was found and done; null when no `publish` was killed
 * @throws StillPublishing when somebody is replacing files now
 * @throws Error when a former file is not there any more; then nothing is changed
 */
export async function takeBackInterrupted(
  policyPath: string,
  { now, files = {} }: { now: Date; files?: Partial<FileCalls> },
): Promise<string | null> {
  const found = await findMark(policyPath);
  if (!found) return null;
  const { mark, path } = found;
  if (isAtWork(found)) throw new StillPublishing(found);
  const state = await stateOf(found);
  if (mark && state !== 'after') await takeBack(mark, dirname(path), { now, files });
  if (mark) await Promise.all(mark.files.map(({ file }) => rm(freshOf(file, mark, path), { force: true })));
  // Another command may have done the same meanwhile, and have begun its own.
  if ((await findMark(policyPath))?.mark?.at === mark?.at) await rm(path, { force: true });
  const done = {
    before: 'It had replaced nothing.',
    between: 'What it had replaced was taken back.',
    after: 'It had replaced all files.',
  };
  return `An earlier change of the files ${mark ? `(${describeMark(mark)}) ` : ''}was interrupted. ${done[state]}`;
}

async function takeBack(mark: PublishMark, folder: string, { now, files }: { now: Date; files: Partial<FileCalls> }) {
  const all = await Promise.all(
    mark.files.map(async (one) => {
      const path = join(folder, one.file);
      const former = formerPath(path, new Date(mark.at));
      return { ...one, path, former, content: await contentHash(path), kept: await contentHash(former) };
    }),
  );
  const lost = all.find(({ old, content, kept }) => old !== null && content !== old && kept !== old);
  if (lost)
    throw new Error(
      `An earlier change of the files (${describeMark(mark)}) was interrupted, and cannot be taken back: ${lost.former} is not what it kept. Nothing was changed. Bring ${mark.files.map(({ file }) => file).join(', ')} to one state by hand, then delete ${await markPath(join(folder, 'policy'))}`,
    );
  for (const { old, path, former, content, kept, ...one } of all.toReversed()) {
    // Edited since, or written in part.
    if (content !== null && content !== old && content !== one.new) await copyFile(path, formerPath(path, now));
    if (content !== old) await putBack(path, old === null ? null : former, files);
    else if (kept !== null && kept === old) await rm(former, { force: true });
  }
}

const freshOf = (file: string, { at, pid }: PublishMark, path: string): string =>
  freshPath(join(dirname(path), file), new Date(at), pid);

/** A process of another machine or container counts as living while its mark is fresh. */
function isAtWork({ mark, isFresh }: FoundMark): boolean {
  if (!isFresh || mark?.host !== hostname()) return isFresh;
  try {
    process.kill(mark.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const describeMark = ({ user, host, pid, at }: PublishMark): string =>
  `by ${user} on ${host}, process ${pid}, begun at ${at}`;

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}

class StillPublishing extends Error {
  constructor({ mark }: FoundMark) {
    const who = mark ? ` (${describeMark(mark)})` : '';
    super(
      `Nothing was changed: another command is replacing the files of the policy${who}. It takes seconds; try again then, or after a minute if it was killed`,
    );
  }
}

class Interrupted extends Error {
  constructor({ mark }: FoundMark) {
    const who = mark ? ` (${describeMark(mark)})` : '';
    super(
      `Nothing was changed: an earlier change of the files of the policy${who} was interrupted. Run deskwright publish --take-back first`,
    );
  }
}
