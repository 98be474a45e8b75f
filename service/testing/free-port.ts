// Finds a port for a server that a test starts later.
import { createServer } from 'node:net';

/**
 * Below the range from which the system itself takes ports for connections (32,768 on Linux, 49,152 elsewhere), so that none of those
 * has taken it until the server starts. Processes that run at the same time begin at different places.
 */
const FIRST = 10_000;
const LAST = 32_000;
const BLOCK = 50;

let next = FIRST + ((process.pid * BLOCK) % (LAST - FIRST));

/** Gives each caller another one. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries <= LAST - FIRST; tries++) {
    const port = next;
    next = next === LAST ? FIRST : next + 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${FIRST} to ${LAST} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
