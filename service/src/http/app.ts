// Which doors does the service open?
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import helmet from 'helmet';
import { aboutError } from '../inbox/about-error.ts';
import type { Logger } from '../logging/logger.ts';

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
  return (error: Error & { status?: number }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status ?? 500;
    if (status >= 500)
      logger.error({ ...aboutError(error), method: request.method, route: request.route?.path }, 'Request failed');
    response.status(status).json({
      error: status >= 500 ? 'internal' : 'bad_request',
      message: status >= 500 ? 'Something went wrong on our side; it is in the log.' : 'The request could not be read.',
    });
  };
}
