// Checks that the built service starts for root in a folder that only root can enter, and for a user without privileges.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The user `nobody` of most systems. */
const NOBODY = 65_534;

if (process.getuid?.() !== 0) {
  console.log('not run: only root can start it as somebody else');
  process.exit();
}
const parent = mkdtempSync(join(tmpdir(), 'deskwright-users-'));
try {
  const clone = copyInto(parent);
  console.log('root, in a folder of mode 0700:');
  boot(clone, join(parent, 'root'), {});

  chmodSync(parent, 0o755);
  console.log('a user without rights:');
  const own = join(parent, 'nobody');
  mkdirSync(own);
  chownSync(own, NOBODY, NOBODY);
  boot(clone, own, { uid: NOBODY, gid: NOBODY });
} finally {
  rmSync(parent, { recursive: true, force: true });
}

/** With a space in its path. Hard links where the file system has them. */
function copyInto(folder) {
  const copy = join(folder, 'desk wright');
  mkdirSync(copy);
  const names = readdirSync('.').filter((name) => name !== '.git' && name !== '.deskwright');
  try {
    execFileSync('cp', ['-al', ...names, copy], { stdio: 'ignore' });
  } catch {
    execFileSync('cp', ['-a', ...names, copy]);
  }
  return copy;
}

/** The data directory of the boot check is a temporary one: it is made in `home`. */
function boot(folder, home, user) {
  mkdirSync(home, { recursive: true });
  execFileSync(process.execPath, ['scripts/boot-check.js'], {
    ...user,
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home },
    stdio: 'inherit',
  });
}
