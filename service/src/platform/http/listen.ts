// Opens the service's port, and closes it without interrupting requests.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Milliseconds. */
export interface ServerTimes {
  /** From the first byte of a request to the end of its headers. */
  headersTimeoutMs: number;
  /** From the first byte of a request to the last of its body. */
  requestTimeoutMs: number;
  /** Between two checks for expired requests. */
  checkEveryMs: number;
  /** How long a connection without a request is kept. */
  keepAliveMs: number;
}

/**
 * Zendesk disconnects after 12 s (webhook delivery rules), and forms are small; Node's default of five minutes would let strangers occupy memory. Idle
 * connections are kept longer than the 60 s of common proxies: if we closed first, a request just being sent would be reset. @internal
 */
export const SERVER_TIMES: ServerTimes = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  checkEveryMs: 2_000,
  keepAliveMs: 65_000,
};

/**
 * Throws with what to do when the port is in use. A request that does not arrive in time is answered with 408 and its connection is closed. After
 * `stopping` is aborted, answers ask callers to close the connection.
 */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { host, port }: { host: string; port: number },
  stopping: AbortSignal,
  times: ServerTimes = SERVER_TIMES,
): Promise<Server> {
  const options = {
    headersTimeout: times.headersTimeoutMs,
    requestTimeout: times.requestTimeoutMs,
    connectionsCheckingInterval: times.checkEveryMs,
    keepAliveTimeout: times.keepAliveMs,
  };
  const server = createServer(options, (request, response) => {
    if (stopping.aborted) response.setHeader('connection', 'close');
    answer(request, response);
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(describeRefusal((cause as NodeJS.ErrnoException).code, host, port), { cause });
  }
  return server;
}

/** Finishes running requests; open connections are closed as they become idle. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}

function describeRefusal(code: string | undefined, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Stop the program that uses it, or set PORT to another.`;
    case 'EACCES':
      return `This user is not allowed to listen on port ${port}. Set PORT to one above 1023, such as 4600.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is "${host}", which is not an address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all addresses.`;
    default:
      return `Cannot listen on ${host}:${port} (${code}).`;
  }
}
