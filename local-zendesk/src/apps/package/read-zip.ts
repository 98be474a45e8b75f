// Reads a package from a zip, if it is safe to unpack.
import { unzipSync } from 'fflate';
import { findSymlinks } from './find-symlinks.ts';
import type { PackageReading } from './package-files.ts';

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
