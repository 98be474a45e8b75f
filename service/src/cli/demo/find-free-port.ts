// Finds a free port, beginning with the one wanted.
import { createServer } from 'node:net';

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
