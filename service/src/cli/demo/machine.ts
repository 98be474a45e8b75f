// Claims what the demo needs of the machine: its data directory and free ports.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { removeDataDir } from '../../platform/storage/embedded/within-reach.ts';

/**
 * Empties the data directory for this process: the local Zendesk begins anew each time, so what we remember of the last one must go.
 * Throws, and touches nothing, while another demo runs there: its PostgreSQL would lose its files.
 * @returns what gives the directory free again; the data stays for whoever wants to look
 */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const claim = join(dataDir, 'demo.pid');
  const pid = Number(await readFile(claim, 'utf8').catch(() => '0'));
  if (pid > 0 && pid !== process.pid && isAlive(pid)) {
    throw new Error(
      `A demo runs in this folder already, as process ${pid}; Ctrl-C in its terminal ends it. To run a second one, start it from another folder. (If process ${pid} is something else, delete ${claim}.)`,
    );
  }
  await removeDataDir(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(claim, String(process.pid));
  return () => rm(claim, { force: true });
}

/** Signal 0 only asks; EPERM means that it is there and somebody else's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The wanted port, or the next free one above it (up to 50 further). Throws when all are taken. */
export async function findFreePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port <= wanted + 50; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(
    `Ports ${wanted} to ${wanted + 50} are all taken. Stop what runs there, or name another with --port.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
