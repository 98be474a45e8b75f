// How does the service open its port?
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** Throws with what to do when the port is taken. Once `stopping` is aborted, callers are told to hang up after their answer. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { host, port }: { host: string; port: number },
  stopping: AbortSignal,
): Promise<Server> {
  const server = createServer((request, response) => {
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
