// Closes a server without cutting requests off.
import type { Server } from 'node:http';

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
