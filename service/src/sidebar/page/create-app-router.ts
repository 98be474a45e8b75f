// Routes the sidebar's page and its files.
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { aboutError } from '../../platform/errors/about-error.ts';
import { parseForm } from '../../platform/http/request-body.ts';
import { requestFailureOf } from '../../platform/http/request-failure.ts';
import { NOTICES } from './notices.ts';
import { openSidebar, type SidebarDeps, showNotice } from './open-sidebar.ts';
import { protectFrame } from './protect-frame.ts';
import { serveAssets } from './serve-assets.ts';

export interface AppRouterDeps extends SidebarDeps {
  /** Per minute and address: a whole company may share one. */
  perIp?: number;
}

const PER_IP = 1_200;
/** Zendesk's token has less than two kilobytes. */
const BODY_LIMIT = 16 * 1024;

/** `/app/sidebar` and `/app/assets`. Mount it at the root of the application. */
export function createAppRouter(deps: AppRouterDeps): Router {
  const router = express.Router({ caseSensitive: true });
  router.get('/app/assets/*file', serveAssets(deps.build));

  const busy = (_request: Request, response: Response) => showNotice(response, NOTICES.busy);
  const common = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: busy } as const;
  router.use('/app/sidebar', protectFrame(deps));
  router.get('/app/sidebar', (_request, response) => showNotice(response, NOTICES.inside));
  router.post(
    '/app/sidebar',
    rateLimit({ ...common, identifier: 'ip', limit: deps.perIp ?? PER_IP }),
    ...parseForm(BODY_LIMIT, 10),
    openSidebar(deps),
  );
  router.use('/app/sidebar', sendErrorPage(deps));
  return router;
}

/** Agents get a page, whatever the error is. */
function sendErrorPage({ logger }: SidebarDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { kind } = requestFailureOf(error);
    if (kind === 'bad_request') return showNotice(response, NOTICES.unreadable);
    const details = { ...aboutError(error), method: request.method };
    if (kind === 'unavailable')
      logger.warn(details, 'The sidebar could not be opened because something it needs is unavailable');
    else logger.error(details, 'The sidebar could not be opened');
    showNotice(response, NOTICES.trouble);
  };
}
