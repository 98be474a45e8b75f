// Makes the folders of test runs, and deletes those of runs that were interrupted.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../src/platform/storage/embedded/server-process.ts';

const NAME = 'deskwright-test-';
/** In each folder: the machine and the process id of the run that made it. Containers may share `/dev/shm`, not process ids. */
const OWNER = 'owner';

/** Makes a folder in `parent` that belongs to this process. */
export function makeOwnedFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, NAME));
  writeFileSync(join(folder, OWNER), JSON.stringify([hostname(), process.pid]));
  return folder;
}

/** Deletes the folders in `parent` whose run has ended without doing so. A PostgreSQL whose files are gone ends within a minute. */
export function deleteAbandonedFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    if (name.startsWith(NAME) && isAbandoned(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function isAbandoned(folder: string): boolean {
  try {
    const [host, pid] = JSON.parse(readFileSync(join(folder, OWNER), 'utf8')) as [string, number];
    return host === hostname() && !isAlive(pid);
  } catch {
    return false; // Being made, or not ours to read.
  }
}
