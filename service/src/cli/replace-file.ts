// Replaces the content of a file atomically, and keeps the former file beside it.
import { constants } from 'node:fs';
import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';

export interface FileCalls {
  rename: (from: string, to: string) => Promise<void>;
  /** Makes the bytes the content of an existing file, and waits until the disk has them. */
  overwrite: (path: string, bytes: Buffer) => Promise<void>;
}

interface Replacement {
  text: Buffer;
  /** Names the former file. */
  now: Date;
  /** In place of the file system's own, for tests. */
  files: Partial<FileCalls>;
}

export interface Replaced {
  /** Where the former file is now; null when there was none. */
  former: string | null;
  /** The file is a mount of its own, so that nothing can take its place: it was overwritten. */
  inPlace: boolean;
}

/** Where the former file is kept. */
export function formerPath(path: string, now: Date): string {
  const ending = extname(path);
  return `${path.slice(0, path.length - ending.length)}.${stampOf(now)}${ending}`;
}

/** Where the new file is written before it takes its place. */
export const freshPath = (path: string, now: Date, pid: number): string =>
  join(dirname(path), `.${stampOf(now)}.${pid}.tmp`);

const stampOf = (now: Date): string => now.toISOString().replaceAll(/[:.]/g, '-');

/** The new file has the mode and the owner of the former. Throws when it cannot be written; then the former is in its place. */
export async function replaceFile(path: string, { text, now, files }: Replacement): Promise<Replaced> {
  const calls: FileCalls = { rename, overwrite, ...files };
  const found = await stat(path).catch(() => null);
  const former = formerPath(path, now);
  const fresh = freshPath(path, now, process.pid);
  let isKept = false;
  try {
    await writeFresh(fresh, text, found);
    if (found) await copyFile(path, former, constants.COPYFILE_EXCL);
    isKept = found !== null;
    const isReplaced = await moveOver(fresh, path, calls);
    if (!isReplaced) await overwriteOrRestore(path, text, { former, overwrite: calls.overwrite });
    return { former: isKept ? former : null, inPlace: !isReplaced };
  } catch (error) {
    if (isKept && !(error instanceof NotRestored)) await rm(former, { force: true });
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Puts the former file back in its place, and the file that replaced it is gone. Throws when it cannot be written. */
export async function putBack(
  path: string,
  former: string | null,
  { rename: move = rename, overwrite: write = overwrite }: Partial<FileCalls>,
): Promise<void> {
  if (former === null) return rm(path, { force: true });
  if (await moveOver(former, path, { rename: move })) return;
  await write(path, await readFile(former));
  await rm(former, { force: true });
}

async function writeFresh(
  fresh: string,
  text: Buffer,
  found: { mode: number; uid: number; gid: number } | null,
): Promise<void> {
  const file = await open(fresh, 'wx', found?.mode ?? 0o644);
  try {
    // The umask cuts the mode that `open` is given, and the service may be another user than who publishes.
    if (found) {
      if (found.uid !== process.getuid?.() || found.gid !== process.getgid?.()) await file.chown(found.uid, found.gid);
      await file.chmod(found.mode & 0o7777);
    }
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False: Linux answers EBUSY where the file is a mount of its own, as a single file that Docker mounts. */
async function moveOver(fresh: string, path: string, calls: Pick<FileCalls, 'rename'>): Promise<boolean> {
  try {
    await calls.rename(fresh, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return false;
    throw error;
  }
}

class NotRestored extends Error {}

async function overwriteOrRestore(
  path: string,
  text: Buffer,
  { former, overwrite: write }: { former: string; overwrite: FileCalls['overwrite'] },
): Promise<void> {
  const before = await readFile(path);
  try {
    await write(path, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    await write(path, before).catch(() => {
      throw new NotRestored(`${path} could not be written (${why}), nor restored: copy ${former} over it`, { cause });
    });
    throw new Error(`${path} could not be written (${why}). The former one is in it again`, { cause });
  }
}

/** Usually one write, and then cut to its length: there is hardly a moment at which a reader finds half of it. */
async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await file.truncate(bytes.length);
    await file.sync();
  } finally {
    await file.close();
  }
}
