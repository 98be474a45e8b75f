// Writes a package into a temporary folder for tests.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PackageFiles } from '../package/package-files.ts';

export function aFolder(files: PackageFiles): string {
  const root = mkdtempSync(join(tmpdir(), 'app-'));
  for (const [path, content] of files) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
