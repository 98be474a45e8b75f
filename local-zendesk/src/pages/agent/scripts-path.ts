// Builds the cacheable path of the pages' scripts.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Built from `browser/`; `src/pages/agent` and `dist/pages/agent` lie equally deep. */
export const SCRIPTS_FOLDER = fileURLToPath(new URL('../../../dist/browser', import.meta.url));

let path: string | undefined;

/**
 * `/assets/agent/<hash of the files>`: each page is loaded whole, and asking for some forty modules again every time took most of a
 * page's time. The files are looked at once; those of a new build come with the next start.
 */
export function scriptsPath(): string {
  path ??= `/assets/agent/${hashOf(SCRIPTS_FOLDER)}`;
  return path;
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of names.filter((one) => one.endsWith('.js')).toSorted()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
