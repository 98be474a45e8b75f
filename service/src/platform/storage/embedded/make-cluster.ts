// Creates the files of a new PostgreSQL, readable only by its own user.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './server-process.ts';
import { cleanEnvironment, giveTo, type ServerUser } from './server-user.ts';

export interface NewCluster {
  initdb: string;
  /** Where the files will be. */
  directory: string;
  user: ServerUser;
  /** Password of the superuser `deskwright`. */
  password: string;
}

/** Prefix of the private folder in which a process creates a cluster; the process id follows. */
const SETUP = 'postgres-setup-';

/** Whether `directory` contains a complete cluster. */
export const hasCluster = (directory: string): boolean => existsSync(join(directory, 'PG_VERSION'));

/**
 * Runs `initdb` next to `directory` and moves the result there, so that a killed start leaves nothing incomplete. The
 * password is passed in a file that only the server's user can read, in a private folder. Throws with the output of `initdb`.
 */
export async function makeCluster({ initdb, directory, user, password }: NewCluster): Promise<void> {
  await removeLeftovers(dirname(directory));
  // A unique name: the `initdb` of a killed start may still be writing.
  const setup = await mkdtemp(join(dirname(directory), `${SETUP}${process.pid}-`));
  const passwordFile = join(setup, 'password');
  const fresh = join(setup, 'cluster');
  try {
    await giveTo(user, setup);
    await mkdir(fresh, { mode: 0o700 });
    await giveTo(user, fresh);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    await giveTo(user, passwordFile);
    await promisify(execFile)(
      initdb,
      [
        `--pgdata=${fresh}`,
        '--username=deskwright',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...user, cwd: fresh, env: cleanEnvironment() },
    );
    if (existsSync(directory) && !hasCluster(directory))
      await rename(directory, `${directory}.incomplete-${Date.now()}`);
    await rename(fresh, directory).catch((error: unknown) => {
      // Another process that started at the same time was faster; both use the same password.
      if (!hasCluster(directory)) throw error;
    });
  } finally {
    await remove(setup);
  }
}

/** Removes what killed starts have left. */
async function removeLeftovers(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter(
    (name) => name.startsWith(SETUP) && !isAlive(Number(name.slice(SETUP.length).split('-')[0])),
  );
  await Promise.all(names.map((name) => remove(join(dataDir, name))));
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

/** Who may log in, and how: written at each start, because clusters of earlier versions accepted passwords in clear text. */
export async function writeAccessRules(directory: string, user: ServerUser): Promise<void> {
  const file = join(directory, 'pg_hba.conf');
  await writeFile(file, 'host all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o600 });
  await giveTo(user, file);
}
