// Makes the files of a new PostgreSQL, readable by its own user alone.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './is-alive.ts';
import { cleanEnvironment, giveTo, type ServerUser } from './server-user.ts';

export interface NewCluster {
  initdb: string;
  /** Where the files will be. */
  directory: string;
  user: ServerUser;
  /** Of the superuser `deskwright`. */
  password: string;
}

/** Begins the name of the private folder in which a process makes a cluster; the process id follows. */
const SETUP = 'postgres-setup-';

/** Whether `directory` holds a whole cluster. */
export const hasCluster = (directory: string): boolean => existsSync(join(directory, 'PG_VERSION'));

/**
 * Runs `initdb` beside `directory` and moves the result there, so that a start that is killed leaves nothing half made. The
 * password is handed over in a file that only the server's user can read, in a folder of its own. Throws with the words of `initdb`.
 */
export async function makeCluster({ initdb, directory, user, password }: NewCluster): Promise<void> {
  await removeLeftovers(dirname(directory));
  // A name of its own: the `initdb` of a start that was killed may still be writing.
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
      // Another process that started at the same time was quicker; both have the same password.
      if (!hasCluster(directory)) throw error;
    });
  } finally {
    await remove(setup);
  }
}

/** Removes what starts that were killed have left. */
async function removeLeftovers(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter(
    (name) => name.startsWith(SETUP) && !isAlive(Number(name.slice(SETUP.length).split('-')[0])),
  );
  await Promise.all(names.map((name) => remove(join(dataDir, name))));
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

/** Who may log in, and how: written at each start, since clusters of earlier versions took passwords in clear text. */
export async function writeAccessRules(directory: string, user: ServerUser): Promise<void> {
  const file = join(directory, 'pg_hba.conf');
  await writeFile(file, 'host all all 127.0.0.1/32 scram-sha-256\n', { mode: 0o600 });
  await giveTo(user, file);
}
