// Restricts the control API to this machine.
import type { RequestHandler } from 'express';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
// A page on evil.test whose name is made to point at 127.0.0.1 still says "evil.test" in its Host header.
const LOCAL_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** 403 for every other machine, even when the server listens for all. */
export const onlyThisMachine: RequestHandler = (request, response, next) => {
  const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOCAL_NAME.test(request.headers.host ?? '');
  if (isLocal) next();
  else response.status(403).json({ error: 'Forbidden', description: 'The control API answers on this machine only.' });
};
