// Which doors does the service open?
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import { troubleOf } from './trouble.ts';

export interface AppRouters {
  /** Null in a worker: then only health and metrics are open. */
  pages: { surveys: Router; sidebar: Router; api: Router } | null;
  health: Router;
  metrics: Router;
}

/** Builds the HTTP application. A worker opens health and metrics only. */
export function createApp(routers: AppRouters, logger: Logger): Express {
  const app = express();
  app.disable('x-powered-by');
  // One proxy in front (load balancer) is usual; its X-Forwarded-For names the caller for the rate limits.
  app.set('trust proxy', 1);
  app.use(routers.health);
  app.use(routers.metrics);
  app.use(helmet({ contentSecurityPolicy: false }));
  if (routers.pages) {
    app.use(routers.pages.surveys);
    app.use(routers.pages.sidebar);
    app.use('/api', routers.pages.api);
  }
  app.use((_request, response) => {
    response.status(404).json({ error: 'not_found', message: 'There is nothing at this address.' });
  });
  app.use(answerErrors(logger));
  return app;
}

function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const trouble = troubleOf(error);
    if (trouble.kind === 'bad_request')
      return void response
        .status(trouble.status)
        .json({ error: 'bad_request', message: 'The request could not be read.' });
    logger.error({ ...aboutError(error), method: request.method, route: request.route?.path }, 'Request failed');
    if (trouble.kind === 'unavailable')
      return void response
        .status(503)
        .set('retry-after', String(trouble.retryAfterS))
        .json({ error: 'unavailable', message: trouble.message });
    response.status(500).json({ error: 'internal', message: 'Something went wrong on our side; it is in the log.' });
  };
}
