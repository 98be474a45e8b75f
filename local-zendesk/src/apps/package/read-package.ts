// Reads a package from a folder or a zip.
import { readFileSync, statSync } from 'node:fs';
import type { PackageReading } from './package-files.ts';
import { readFolder } from './read-folder.ts';
import { readZip } from './read-zip.ts';

/** @throws Error when there is nothing at the path, or it cannot be read. */
export function readPackage(path: string): PackageReading {
  return statSync(path).isDirectory() ? readFolder(path) : readZip(readFileSync(path));
}
