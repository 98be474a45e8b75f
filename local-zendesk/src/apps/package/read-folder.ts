// Reads a package from a folder.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { PackageReading } from './package-files.ts';

/** `tmp/` is ZCLI's own, and nothing that begins with a dot is ever packed. */
const isLeftOut = (path: string): boolean => path === 'tmp' || posix.basename(path).startsWith('.');

/**
 * Reads all of it, as ZCLI would pack it without a `.zcliignore`.
 * @throws Error when the folder cannot be read.
 */
export function readFolder(root: string): PackageReading {
  const files = new Map<string, Uint8Array>();
  const links: string[] = [];
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).toSorted()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (isLeftOut(path)) continue;
      const entry = lstatSync(join(root, path));
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory()) walk(path);
      else files.set(path, readFileSync(join(root, path)));
    }
  };
  walk('');
  return links.length > 0 ? { ok: false, problem: 'Symlinks are not allowed in the zip file' } : { ok: true, files };
}
