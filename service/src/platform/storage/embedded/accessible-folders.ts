// Keeps the embedded PostgreSQL's files where its user can reach them: the user `postgres` cannot enter root's home directory.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerUser } from './server-user.ts';

/** Where root's services keep their data (Filesystem Hierarchy Standard 3.0, 5.8). */
const HOME = '/var/lib/deskwright';

/**
 * Where the cluster of `dataDir` lies: in its folder `postgres`, or where a link of that name leads, which is made when the server's user
 * cannot reach `dataDir`. Throws, with what to do, when no such place can be made.
 */
export async function clusterDirectory(dataDir: string, user: ServerUser): Promise<string> {
  const own = join(dataDir, 'postgres');
  const linked = await readlink(own).catch(() => null);
  if (linked !== null) return linked;
  if (user === null) return own;
  // To pass through, no more: the service's own files in it are readable by root alone.
  await chmod(dataDir, 0o711);
  if (existsSync(own) || (await reaches(user, dataDir))) return own;
  try {
    await mkdir(HOME, { recursive: true, mode: 0o711 });
    const folder = await mkdtemp(join(HOME, 'data-'));
    await chmod(folder, 0o711);
    const elsewhere = join(folder, 'postgres');
    await symlink(elsewhere, own);
    return elsewhere;
  } catch (cause) {
    // Another process that started at the same time was quicker.
    const made = await readlink(own).catch(() => null);
    if (made !== null) return made;
    throw unreachable(dataDir, cause);
  }
}

/** The folder with PostgreSQL's programs, or a copy of it that the server's user can reach. `name` tells one version from another. */
export async function accessiblePrograms(folder: string, name: string, user: ServerUser): Promise<string> {
  if (user === null || (await reaches(user, folder))) return folder;
  const copy = join(HOME, name);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  try {
    await mkdir(HOME, { recursive: true, mode: 0o711 });
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    await rename(draft, copy).catch((error: unknown) => {
      if (!existsSync(copy)) throw error;
    });
    return copy;
  } catch (cause) {
    throw unreachable(folder, cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where the system says ENOENT although the folder above
 * is there, as in `/proc` (Node 20). Rejects with the system's error.
 */
export async function makeFolders(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    await makeFolders(dirname(folder), mode);
    await makeFolders(folder, mode);
  }
}

/** Removes a data directory with the cluster that belongs to it, wherever that lies. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const linked = await readlink(join(dataDir, 'postgres')).catch(() => null);
  if (linked !== null) await rm(join(linked, '..'), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

/** Asked of the system as that user, since modes do not say all (access control lists, mounts). */
async function reaches(user: { uid: number; gid: number }, folder: string): Promise<boolean> {
  return promisify(execFile)('test', ['-x', folder], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

const unreachable = (folder: string, cause: unknown): Error =>
  new Error(
    `PostgreSQL does not run as root, and its user "postgres" can neither reach ${folder} nor be given a place in ${HOME}. Run Deskwright as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.`,
    { cause },
  );
