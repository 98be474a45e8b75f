// Runs one PostgreSQL server process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment, type ServerUser } from './server-user.ts';

export interface ServerProcess {
  /** Resolves with the server's last output when it has ended, for whatever reason. */
  ended: Promise<string>;
  isRunning: () => boolean;
  /** Stops the server: sessions are disconnected, committed data stays. */
  stop: () => Promise<void>;
}

export interface ServerOptions {
  postgres: string;
  directory: string;
  port: number;
  user: ServerUser;
  /** Lines of `postgresql.conf`. */
  settings: readonly string[];
}

const READY = 'database system is ready to accept connections';
const LAST_OUTPUT_LINES = 5;
/** Time for SIGINT (fast shutdown) to end the server before it is killed. Milliseconds. */
const MAX_WAIT_MS = 10_000;

/** Starts a server and waits until it accepts connections, however long recovery takes. Throws with its last output when it ends before that. */
export async function startServerProcess(options: ServerOptions): Promise<ServerProcess> {
  const { postgres, directory, port, user } = options;
  // No socket files: other users of the machine could access them. TCP requires a password.
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...options.settings,
  ];
  const child = spawn(postgres, ['-D', directory, '-p', String(port), ...settings.flatMap((line) => ['-c', line])], {
    ...user,
    cwd: directory,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in the terminal must not reach the server: it is stopped last.
    detached: true,
  });
  const said: string[] = [];
  const lastOutput = () => said.slice(-LAST_OUTPUT_LINES).join(' | ');
  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => said.push(error.message));
    child.once('close', () => {
      running = false;
      process.off('exit', kill);
      resolve(lastOutput());
    });
  });
  const kill = (): void => void child.kill('SIGINT');
  process.once('exit', kill);

  const ready = new Promise<'ready'>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.push(...text.trim().split('\n'));
      said.splice(0, Math.max(0, said.length - 50));
      if (text.includes(READY)) resolve('ready');
    });
  });
  if ((await Promise.race([ready, ended])) !== 'ready') throw new Error(lastOutput() || 'It ended without output');

  return {
    ended,
    isRunning: () => running,
    stop: async () => {
      if (!running) return;
      const closed = once(child, 'close');
      kill();
      const late = setTimeout(() => child.kill('SIGQUIT'), MAX_WAIT_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
