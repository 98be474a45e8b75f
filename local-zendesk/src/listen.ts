// Starts a server on a port.
import type { AddressInfo, Server } from 'node:net';

const MOST_STEPS = 100;
/**
 * How long servers of ours keep a connection without a request. With Node's own 5 s, a machine that is busy for as long closes a
 * connection on which the next request is just on its way.
 */
export const KEEP_ALIVE_MS = 65_000;

/**
 * Listens on `port`; when that is taken, on the next free one above it. 0 lets the system choose. Returns the real port.
 * @throws Error when a hundred ports in a row are taken, or the host is not ours.
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    try {
      return await listenOnce(server, port === 0 ? 0 : port + step, host);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new Error(`Ports ${port} to ${port + MOST_STEPS - 1} on ${host} are all in use; choose another port.`);
}

function listenOnce(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(error);
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const isTaken = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
