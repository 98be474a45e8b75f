import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { answers as answersAtAll, asSuperuser, crashPostgres, postgresPid } from '../../../testing/restart-postgres.ts';
import { until } from '../../../testing/start-harness.ts';
import { removeDataDir } from './embedded/accessible-folders.ts';
import { type PostgresServer, startEmbeddedPostgres } from './embedded-postgres.ts';

let dataDir: string;
const servers: PostgresServer[] = [];

/** Creating a cluster takes a second of CPU time, copying one hardly any. */
let made: string;
beforeAll(async () => {
  made = emptyFolder();
  await (await startEmbeddedPostgres(made)).stop();
});
afterAll(() => rmSync(made, { recursive: true }));

/** A folder in which a server has run before; tests about the first start use an empty one. */
beforeEach(() => {
  dataDir = emptyFolder();
  execFileSync('cp', ['-a', `${made}/.`, dataDir]);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'deskwright-postgres-'));

function takeEmptyFolder(): void {
  rmSync(dataDir, { recursive: true, maxRetries: 20 });
  dataDir = emptyFolder();
}

async function start(): Promise<PostgresServer> {
  const server = await startEmbeddedPostgres(dataDir);
  servers.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const answers = (url: string) => ask(url, 'SELECT 1').then(Boolean, () => false);

test('runs in a folder that only who starts it can enter', async () => {
  const parent = emptyFolder();
  const hidden = join(parent, 'my data');
  const first = await startEmbeddedPostgres(hidden);
  await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  await first.stop();
  expect(statSync(parent).mode & 0o077).toBe(0);

  const again = await startEmbeddedPostgres(hidden);
  expect(await ask(again.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  await again.stop();

  const elsewhere = realpathSync(join(hidden, 'postgres'));
  expect(statSync(elsewhere).mode & 0o077).toBe(0);
  await removeDataDir(hidden);
  expect([existsSync(hidden), existsSync(dirname(elsewhere))]).toEqual([false, false]);
  rmSync(parent, { recursive: true });
});

describe('a server that stops', () => {
  test.each(['SIGKILL', 'SIGQUIT'] as const)(
    'by %s is there again at the same address, with its data',
    async (signal) => {
      const server = await start();
      await ask(server.url, 'CREATE TABLE kept AS SELECT 1 AS one');
      const before = postgresPid(dataDir);
      crashPostgres(dataDir, signal);
      await until('the loss is told', async () => server.trouble() !== null || postgresPid(dataDir) !== before);
      await until('it answers again', () => answers(server.url));
      expect(await ask(server.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
      await until('all is well', async () => server.trouble() === null);
    },
  );

  test('is restarted by a process that uses it, or by the one that started it', async () => {
    const [first, second] = [await start(), await start()];
    expect([first.joined, second.joined, second.url]).toEqual([false, true, first.url]);
    crashPostgres(dataDir, 'SIGKILL');
    await until('both are well', async () => (await answers(first.url)) && first.trouble() === null);

    await servers.shift()!.stop();
    await until('the other has brought it back', () => answers(second.url));
    await until('it is told as well', async () => second.trouble() === null);
  });

  test('reports why it does not start, and starts as soon as possible', async () => {
    const server = await start();
    const config = join(dataDir, 'postgres', 'postgresql.auto.conf');
    const good = readFileSync(config);
    writeFileSync(config, 'no_such_setting = 1\n');
    crashPostgres(dataDir);
    await until('the reason is told', async () => server.trouble()?.includes('no_such_setting'));
    writeFileSync(config, good);
    await until('it answers again', () => answers(server.url));
  });

  test('is not restarted when the service is stopping', async () => {
    const server = await start();
    await servers.shift()!.stop();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(await answers(server.url)).toBe(false);
  });
});

/** Starts the built code as a separate process, which may be killed. */
function startElsewhere(env: Record<string, string> = {}): ChildProcess {
  const built = join(import.meta.dirname, '../../../dist/platform/storage/embedded-postgres.js');
  const script = `import { startEmbeddedPostgres } from '${built}'; await startEmbeddedPostgres(${JSON.stringify(dataDir)});`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
}

describe('other users have no access:', () => {
  test('passwords are readable only by our user, and no temporary files remain', async () => {
    takeEmptyFolder();
    const temporary = emptyFolder();
    chmodSync(temporary, 0o777); // Run by root, PostgreSQL runs as another user.
    const starting = startElsewhere({ TMPDIR: temporary });
    await until('it answers', () => existsSync(join(dataDir, 'postgres-port')) && answersAtAll(dataDir));
    expect(readdirSync(temporary)).toEqual([]);
    starting.kill('SIGKILL');
    await start();
    rmSync(temporary, { recursive: true });
    expect(readdirSync(dataDir).toSorted()).toEqual([
      'postgres',
      'postgres-app-password',
      'postgres-password',
      'postgres-port',
    ]);
    for (const file of ['postgres-password', 'postgres-app-password'])
      expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o077).toBe(0);
  });

  test('a password file that others can read is protected at the next start', async () => {
    await start();
    await servers.shift()!.stop();
    chmodSync(join(dataDir, 'postgres-password'), 0o644);
    await start();
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0);
  });

  test('a killed start leaves no password and no incomplete cluster behind', async () => {
    const setups = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres-setup-'));
    let child: ChildProcess | null = null;
    const look = () => {
      if (existsSync(join(dataDir, 'postgres'))) child?.kill('SIGKILL');
      // `initdb` runs for about a second, so a busy machine may miss it: then the next start is watched.
      if (child === null || child.killed) {
        takeEmptyFolder();
        child = startElsewhere();
      }
      if (child.exitCode !== null) throw new Error(`The start has ended with ${child.exitCode}`);
      const folder = join(dataDir, setups()[0] ?? 'none yet');
      return existsSync(join(folder, 'cluster', 'PG_VERSION')) ? { folder, child } : null;
    };
    // Polled often, because it exists for less than a second.
    const { folder: setup, child: starting } = await until('initdb runs', look, 150_000, 5);
    const isOpen = (path: string) => existsSync(path) && (statSync(path).mode & 0o077) !== 0;
    expect([setup, join(setup, 'password')].filter(isOpen)).toEqual([]);
    starting.kill('SIGKILL');
    const server = await start();
    expect(setups()).toEqual([]);
    expect(await answers(server.url)).toBe(true);
  });

  test('the service works as an ordinary role, which can access neither files nor programs of the machine', async () => {
    const { url } = await start();
    const [role] = await ask(
      url,
      'SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    expect(role).toEqual({ rolsuper: false, rolcreaterole: false, rolcreatedb: false });
    await expect(ask(url, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toThrow('permission denied');
    await expect(ask(url, "SELECT pg_read_file('/proc/self/environ')")).rejects.toThrow('permission denied');
  });

  test('the server does not have the environment of the service', async () => {
    process.env.DESKWRIGHT_TEST_SECRET = 'not for the server';
    try {
      await start();
    } finally {
      delete process.env.DESKWRIGHT_TEST_SECRET;
    }
    const [row] = await asSuperuser(dataDir, "SELECT pg_read_file('/proc/self/environ') AS text").catch(() => [
      { text: '' },
    ]);
    expect(String(row?.text)).not.toContain('DESKWRIGHT_TEST_SECRET');
    const environment = `/proc/${postgresPid(dataDir)}/environ`;
    expect(existsSync(environment) ? readFileSync(environment, 'utf8') : '').not.toContain('DESKWRIGHT_TEST_SECRET');
  });

  test('passwords are sent and stored as SCRAM only, and there are no socket files', async () => {
    const server = await start();
    const rules = await asSuperuser(dataDir, 'SELECT type, auth_method FROM pg_hba_file_rules');
    expect(rules).toEqual([{ type: 'host', auth_method: 'scram-sha-256' }]);
    expect(await asSuperuser(dataDir, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await expect(ask(server.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
      'authentication failed',
    );
  });
});

test('a database of an earlier version, owned by the superuser, is transferred to the ordinary role', async () => {
  const { url } = await start();
  await asSuperuser(
    dataDir,
    `ALTER DATABASE deskwright OWNER TO deskwright; CREATE SCHEMA older; CREATE TYPE older.mood AS ENUM ('calm');
     CREATE TABLE older.things (id bigint GENERATED ALWAYS AS IDENTITY, mood older.mood); CREATE VIEW older.seen AS SELECT * FROM older.things;
     CREATE FUNCTION older.one() RETURNS int LANGUAGE sql AS 'SELECT 1'; INSERT INTO older.things (mood) VALUES ('calm');
     ALTER ROLE deskwright_app NOLOGIN`,
  );
  await servers.shift()!.stop();
  const again = await start();
  expect(again.url).toBe(url);
  await ask(again.url, 'ALTER TABLE older.things ADD COLUMN more text');
  await ask(again.url, 'CREATE OR REPLACE FUNCTION older.one() RETURNS int LANGUAGE sql AS $$ SELECT 2 $$');
  expect(await ask(again.url, 'SELECT id::int, mood, more FROM older.things')).toEqual([
    { id: 1, mood: 'calm', more: null },
  ]);
});

test('two processes that start at the same time share one server', async () => {
  takeEmptyFolder();
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.url).toBe(two.url);
  expect(one.joined).not.toBe(two.joined);
  expect(await answers(one.url)).toBe(true);
});

test('a server left by a killed process is stopped by its last user, whose connections end a moment later', async () => {
  takeEmptyFolder();
  const killed = startElsewhere();
  await until('it answers', () => existsSync(join(dataDir, 'postgres-port')) && answersAtAll(dataDir));
  const server = await start();
  killed.kill('SIGKILL');
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();

  const stopped = servers.shift()!.stop();
  const ended = client.query('SELECT pg_sleep(0.7)').then(() => client.end());
  await Promise.all([stopped, ended]);
  await until('it is gone', async () => !existsSync(join(dataDir, 'postgres', 'postmaster.pid')));
});

test('the port stays the same from start to start', async () => {
  const { url } = await start();
  await servers.shift()!.stop();
  expect((await start()).url).toBe(url);
});

const small = mountSmall();
(small ? test : test.skip)('a full disk is reported, and work resumes by itself when space is free again', () =>
  fillAndEmpty(small!),
);

async function fillAndEmpty(disk: string): Promise<void> {
  dataDir = join(disk, 'data');
  const server = await start();
  await ask(server.url, 'CREATE TABLE words (text text)');
  expect(await server.lowDiskWarning()).toContain('MB are left');
  const filler = join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
  const lines = 'INSERT INTO words SELECT repeat(md5(n::text), 100) FROM generate_series(1, 10000) AS n';
  await expect(ask(server.url, lines)).rejects.toThrow(/No space left|could not extend|terminated/);
  crashPostgres(dataDir, 'SIGKILL');
  await until('the loss is told', async () => server.trouble() !== null);
  rmSync(filler);
  await until('it answers again', () => answers(server.url));
  await ask(server.url, "INSERT INTO words VALUES ('room')");
}

/** A disk of 120 MB; null if mounting is not permitted. */
function mountSmall(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'deskwright-small-'));
  try {
    chmodSync(folder, 0o755);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=755', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    process.stderr.write('skipped: no right to mount a small disk, so a full one is not tried\n');
    rmSync(folder, { recursive: true });
    return null;
  }
}
afterAll(() => {
  if (small) {
    execFileSync('umount', ['-l', small]);
    rmSync(small, { recursive: true });
  }
});
