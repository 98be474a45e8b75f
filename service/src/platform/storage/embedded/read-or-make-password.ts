// Stores a password in a file that only our user can read.
import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';

/** The password in `file`, created if missing. Written atomically, even if two processes start at the same time. */
export async function readOrMakePassword(file: string): Promise<string> {
  const held = await read(file);
  if (held) {
    await chmod(file, 0o600);
    return held;
  }
  // A name of its own: in containers that share the folder, processes have the same number.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(24).toString('hex'), { mode: 0o600 });
  try {
    // A full disk can leave an empty file.
    if (held === '') await rm(file, { force: true });
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
