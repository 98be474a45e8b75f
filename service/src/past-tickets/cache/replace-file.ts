// Writes files of the cache, which only this user can read.
import { rename, rm, writeFile } from 'node:fs/promises';

/** What a process is writing: its number, and how many it has begun. */
const HALF = /\.(\d+)\.\d+\.tmp$/;
let begun = 0;

/** Whether a file was left half written by a process that is gone. */
export function isLeftOver(name: string): boolean {
  const [, pid] = HALF.exec(name) ?? [];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/**
 * After a crash there is the old or the new file.
 * @param isWanted asked at the last moment
 * @returns false: it was not wanted any more
 */
export async function replaceFile(file: string, bytes: Buffer, isWanted = async () => true): Promise<boolean> {
  const half = `${file}.${process.pid}.${++begun}.tmp`;
  await writeFile(half, bytes, { mode: 0o600 });
  if (await isWanted()) {
    await rename(half, file);
    return true;
  }
  await rm(half, { force: true });
  return false;
}

export const ifMissing =
  <T>(value: T) =>
  (error: unknown): T => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
