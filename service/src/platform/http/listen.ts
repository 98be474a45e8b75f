// Opens the service's port, and closes it without cutting requests off.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Milliseconds. */
export interface ServerTimes {
  /** From the first byte of a request to the end of its head. */
  headersTimeoutMs: number;
  /** From the first byte of a request to the last of its body. */
  requestTimeoutMs: number;
  /** Between two looks at what has run out of time. */
  checkEveryMs: number;
  /** How long a connection without a request is kept. */
  keepAliveMs: number;
}

/**
 * Zendesk hangs up after 12 s (webhook delivery rules), and forms are small; Node's own five minutes let strangers hold memory. Idle
 * connections are kept for longer than the 60 s of usual proxies: whoever closes first resets a request that is just on its way. @internal
 */
export const SERVER_TIMES: ServerTimes = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  checkEveryMs: 2_000,
  keepAliveMs: 65_000,
};

/**
 * Throws with what to do when the port is taken. A request that does not arrive in time is answered with 408 and ends its connection. Once
 * `stopping` is aborted, callers are told to hang up after their answer.
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
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new Error(
      taken
        ? `Port ${port} is taken. Stop what runs there, or set PORT to another.`
        : `Cannot listen on ${host}:${port}.`,
      { cause },
    );
  }
  return server;
}

/** Answers what is being asked; connections that are kept open for more are closed as they fall idle. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
  });
}
