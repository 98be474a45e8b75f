// Records which commit was built, for `deskwright --version` and the metrics. CI without Git's folder names it in DESKWRIGHT_COMMIT.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const commit = process.env.DESKWRIGHT_COMMIT || commitOf(root);
writeFileSync(join(root, 'service', 'dist', 'build.json'), `${JSON.stringify({ commit })}\n`);

/** Null outside a Git repository, such as in an unpacked archive. */
function commitOf(folder) {
  const git = (...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--show-prefix') === '' ? git('rev-parse', '--short=12', 'HEAD') : null;
  } catch {
    return null;
  }
}
