// Builds the app's package for Zendesk from `zendesk-app/dist`: `node scripts/package-app.js [--zip] [--out FOLDER]`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { validatePackage } from '@deskwright/local-zendesk';
import { zipSync } from 'fflate';
import { assemblePackage } from './package/assemble-package.js';
import { findSecrets } from './package/find-secrets.js';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    zip: { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'zendesk-app', 'dist') },
  },
});
const out = resolve(values.out);

const { version, files, problems: gaps } = assemblePackage(root);
const report = validatePackage(files);
const problems = [...gaps, ...report.problems, ...findSecrets(files, root)];

if (problems.length > 0) {
  for (const problem of problems) console.error(`  ${problem}`);
  console.error('The app was not packaged.');
  process.exitCode = 1;
} else {
  writePackage();
  for (const [path, bytes] of files) console.log(`  ${String(bytes.length).padStart(7)}  ${path}`);
  const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  console.log(`Deskwright ${version}: ${files.size} files, ${size} bytes, in ${relative(process.cwd(), out) || '.'}`);
  for (const warning of report.warnings) console.log(`Look at this: ${warning}`);
  if (values.zip) writeZip();
}

/** ZCLI's own file there (`zcli.apps.config.json`: the app's id, maybe settings) stays, and is never packaged. */
function writePackage() {
  for (const name of ['manifest.json', 'assets', 'translations'])
    rmSync(join(out, name), { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes);
  }
  writeFileSync(join(out, '.zcliignore'), 'zcli.apps.config.json\n');
}

/** In `tmp`, where ZCLI puts its own packages and which it never packages. The same content always makes the same zip. */
function writeZip() {
  const path = join(out, 'tmp', `deskwright-${version}.zip`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zipSync(Object.fromEntries(files), { mtime: '1980-01-01T12:00:00' }));
  console.log(`Zip: ${relative(process.cwd(), path)}`);
}
