// Builds the package that admins install: `node scripts/pack-product.js [--out FOLDER]` writes `deskwright-<version>.tgz` there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stageProduct } from './package/stage-product.js';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } });
const out = resolve(values.out);

// Outside the repository, because npm would treat it as part of the workspace.
const stage = mkdtempSync(join(tmpdir(), 'deskwright-package-'));
try {
  stageProduct(root, stage);
  const app = join(stage, 'node_modules', '@deskwright', 'zendesk-app', 'dist');
  execFileSync(process.execPath, [join(root, 'scripts', 'package-app.js'), '--out', app], { stdio: 'ignore' });
  mkdirSync(out, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', out], { cwd: stage, encoding: 'utf8' });
  const [{ filename, size, entryCount }] = Object.values(JSON.parse(packed));
  console.log(`${relative(process.cwd(), join(out, filename))}: ${entryCount} files, ${Math.round(size / 1024)} kB`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}
