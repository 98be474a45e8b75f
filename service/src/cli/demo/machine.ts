// Claims what the demo needs of the machine: its data directory and free ports.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { removeDataDir } from '../../platform/storage/embedded/accessible-folders.ts';

/**
 * Empties the data directory for this process: the local Zendesk starts from scratch each time, so data from the last run must not stay.
 * Throws, without touching anything, while another demo runs there: its PostgreSQL would lose its files.
 * @returns a function that releases the directory; the data stays for inspection
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const claim = join(dataDir, 'demo.pid');
  const pid = Number(await readFile(claim, 'utf8').catch(() => '0'));
  if (pid > 0 && pid !== process.pid && isAlive(pid)) {
    throw new Error(
      `A demo is already running in this folder as process ${pid}; press Ctrl-C in its terminal to stop it. To run a second one, start it from another folder. (If process ${pid} is something else, delete ${claim}.)`,
    );
  }
  await removeDataDir(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(claim, String(process.pid));
  return () => rm(claim, { force: true });
}

/** Signal 0 only checks; EPERM means that the process exists and belongs to another user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The preferred port, or the next free one above it (at most 50 higher). Throws when all are taken. */
export async function findFreePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port <= wanted + 50; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(
    `Ports ${wanted} to ${wanted + 50} are all in use. Stop what uses them, or choose another with --port.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
