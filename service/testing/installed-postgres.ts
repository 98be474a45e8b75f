// Runs the PostgreSQL that is installed on this machine, whose `pg_dump` and `pg_restore` fit it: the embedded one has neither.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeCluster, writeAccessRules } from '../src/platform/storage/embedded/make-cluster.ts';
import { openAppDatabase } from '../src/platform/storage/embedded/open-app-database.ts';
import { startServerProcess } from '../src/platform/storage/embedded/server-process.ts';
import { serverUser } from '../src/platform/storage/embedded/server-user.ts';
import { freePort } from './free-port.ts';

export interface InstalledPostgres {
  /** Of the service's database, with its own role. */
  url: string;
  /** Runs `pg_dump` or `pg_restore`; throws with its output. */
  run: (program: 'pg_dump' | 'pg_restore', ...args: string[]) => void;
  /** Makes an empty database and gives back its address. */
  createDatabase: (name: string) => Promise<string>;
  stop: () => Promise<void>;
}

/** Where Debian and Ubuntu put the programs of each version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of the newest installed version. Null: none is installed (Debian: `apt-get install postgresql`). */
export function findInstalledPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin'));
  const found = folders.find((folder) =>
    ['initdb', 'postgres', 'pg_dump'].every((name) => existsSync(join(folder, name))),
  );
  if (found === undefined) process.stderr.write(`skipped: no PostgreSQL server in ${DEBIAN}\n`);
  return found ?? null;
}

/** Starts a new cluster with nothing in it. */
export async function startInstalledPostgres(programs: string): Promise<InstalledPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-postgres-'));
  chmodSync(folder, 0o711); // Run by root, PostgreSQL runs as another user and must be able to pass through.
  const directory = join(folder, 'postgres');
  const user = await serverUser();
  const [superuserPassword, appPassword] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')];
  await makeCluster({ initdb: join(programs, 'initdb'), directory, user, password: superuserPassword });
  await writeAccessRules(directory, user);
  const port = await freePort();
  const server = await startServerProcess({
    postgres: join(programs, 'postgres'),
    directory,
    port,
    user,
    settings: ['fsync=off', 'synchronous_commit=off'],
  });
  const url = await openAppDatabase({ port, superuserPassword, appPassword });
  return {
    url,
    run: (program, ...args) => {
      execFileSync(join(programs, program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    },
    createDatabase: async (name) => {
      const client = new pg.Client({
        connectionString: `postgresql://deskwright:${superuserPassword}@127.0.0.1:${port}/postgres`,
      });
      await client.connect();
      await client.query(`CREATE DATABASE ${name} OWNER deskwright_app`);
      await client.end();
      return url.replace(/\/deskwright$/, `/${name}`);
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
