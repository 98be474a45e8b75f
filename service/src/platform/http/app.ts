// Builds the HTTP request handler from the features' routes.
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import { requestFailureOf } from './request-failure.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type Route =
  /** An Express router, mounted at `path`. */
  | { readonly path: string; readonly router: Router }
  /**
   * Receives POST requests to exactly this path (with or without a query) before Express: routing and body parsing took two to four times
   * the CPU time of everything else that receiving webhooks needs (`bench/receive.js`).
   */
  | { readonly path: string; readonly post: RequestHandler };

/** `open`: routers that need no security headers, such as health and metrics; they come first. `trustProxy`: how many proxies stand in front. */
export function createApp(
  { open, routes, trustProxy = 0 }: { open: readonly Router[]; routes: readonly Route[]; trustProxy?: number },
  logger: Logger,
): RequestHandler {
  const app = express();
  app.disable('x-powered-by');
  // A proxy's X-Forwarded-For identifies the caller for the rate limits; without a proxy, callers could write it themselves.
  app.set('trust proxy', trustProxy);
  for (const router of open) app.use(router);
  app.use(helmet({ contentSecurityPolicy: false }));
  for (const route of routes) if ('router' in route) app.use(route.path, route.router);
  app.use((_request, response) => {
    response.status(404).json({ error: 'not_found', message: 'There is no page at this address.' });
  });
  app.use(answerErrors(logger));
  return beforeExpress(routes, app);
}

function beforeExpress(routes: readonly Route[], app: Express): RequestHandler {
  const posts = routes.flatMap((route) => ('post' in route ? [route] : []));
  return (request, response) => {
    const { method, url = '' } = request;
    const first = method === 'POST' && posts.find(({ path }) => url === path || url.startsWith(`${path}?`));
    if (first) first.post(request, response);
    else app(request, response);
  };
}

function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const failure = requestFailureOf(error);
    if (failure.kind === 'bad_request')
      return void response
        .status(failure.status)
        .json({ error: 'bad_request', message: 'The request could not be read.' });
    logger.error({ ...aboutError(error), method: request.method, route: request.route?.path }, 'Request failed');
    if (failure.kind === 'unavailable')
      return void response
        .status(503)
        .set('retry-after', String(failure.retryAfterS))
        .json({ error: 'unavailable', message: failure.message });
    response
      .status(500)
      .json({ error: 'internal', message: 'Something went wrong on our side. The log has the details.' });
  };
}
