// Reads a package from a folder or a zip.
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { unzipSync } from 'fflate';
import { findSymlinks } from './find-symlinks.ts';

/** Content by path inside the package, with `/` between folders: `manifest.json`, `assets/logo.svg`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** The text of a file; null when the package has none of that name. */
export function textOf(files: PackageFiles, path: string): string | null {
  const bytes = files.get(path);
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** What may become of reading a package: its files, or the sentence that says why not. */
export type PackageReading = { ok: true; files: PackageFiles } | { ok: false; problem: string };

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

/** Zendesk publishes no limits; these keep a small zip from filling the memory of this process. */
const ZIP_LIMITS = { entries: 2_000, unpackedBytes: 50 * 1024 * 1024 } as const;

/** A path that would leave the package's own folder, or means another place on another system. */
const escapes = (path: string): boolean =>
  path.startsWith('/') ||
  path.includes('\\') ||
  path.includes('\0') ||
  /^[a-z]:/i.test(path) ||
  path.split('/').includes('..');

class Refused extends Error {}

/** Unpacks in memory. Sizes are checked before anything is inflated, and nothing inflates beyond the size it declares. */
export function readZip(bytes: Uint8Array): PackageReading {
  let entries = 0;
  let total = 0;
  try {
    if (findSymlinks(bytes).length > 0) throw new Refused('Symlinks are not allowed in the zip file');
    const unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        entries += 1;
        total += originalSize;
        if (escapes(name)) throw new Refused(`The zip file holds a path outside the package: ${JSON.stringify(name)}`);
        if (entries > ZIP_LIMITS.entries) throw new Refused(`The zip file holds more than ${ZIP_LIMITS.entries} files`);
        if (total > ZIP_LIMITS.unpackedBytes) {
          throw new Refused(`The zip file unpacks to more than ${ZIP_LIMITS.unpackedBytes / 1024 / 1024} MB`);
        }
        return !name.endsWith('/') && !name.startsWith('tmp/');
      },
    });
    return { ok: true, files: new Map(Object.entries(unpacked)) };
  } catch (error) {
    // What is not a zip makes fflate throw in many ways; all of them mean the same to the sender.
    return {
      ok: false,
      problem: error instanceof Refused ? error.message : 'The uploaded file is not a valid zip file',
    };
  }
}

/** @throws Error when there is nothing at the path, or it cannot be read. */
export function readPackage(path: string): PackageReading {
  return statSync(path).isDirectory() ? readFolder(path) : readZip(readFileSync(path));
}
