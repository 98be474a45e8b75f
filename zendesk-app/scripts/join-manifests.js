// Adds the dashboard's manifest to the sidebar's, so that the service finds both entries in one file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'build', '.vite');

/** @param {'sidebar' | 'dashboard'} page that was built @returns {import('vite').Plugin} */
export function joinManifests(page) {
  return {
    name: 'deskwright-manifest',
    apply: 'build',
    closeBundle: { order: 'post', sequential: true, handler: () => (page === 'sidebar' ? undefined : addTo(page)) },
  };
}

/** Both builds have chunks of the same name, so those of this page get its name in front. */
function addTo(page) {
  const main = join(FOLDER, 'manifest.json');
  const own = (names = []) => names.map((name) => `${page}:${name}`);
  const added = Object.entries(read(join(FOLDER, `${page}.json`))).map(([key, chunk]) => [
    `${page}:${key}`,
    { ...chunk, imports: own(chunk.imports), dynamicImports: own(chunk.dynamicImports) },
  ]);
  const kept = Object.entries(read(main)).filter(([key]) => !key.startsWith(`${page}:`));
  writeFileSync(main, `${JSON.stringify(Object.fromEntries([...kept, ...added]), null, 2)}\n`);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
