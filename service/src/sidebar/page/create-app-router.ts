// Routes a page of the app and its files.
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import { aboutError } from '../../platform/errors/about-error.ts';
import { parseForm } from '../../platform/http/request-body.ts';
import { requestFailureOf } from '../../platform/http/request-failure.ts';
import type { AppBuild, PageName } from './app-build.ts';
import { noticesOf } from './notices.ts';
import { openPage, type PageDeps, showNotice } from './open-page.ts';
import { protectFrame } from './protect-frame.ts';

export interface AppRouterDeps extends PageDeps {
  page: PageName;
  /** Per minute and address: a whole company may share one. */
  perIp?: number;
}

const PER_IP = 1_200;
/** Zendesk's token has less than two kilobytes. */
const BODY_LIMIT = 16 * 1024;

/** `/app/<page>` and `/app/assets`. Mount it at the root of the application. */
export function createAppRouter(deps: AppRouterDeps): Router {
  const { page } = deps;
  const path = `/app/${page}`;
  const notices = noticesOf(page);
  const router = express.Router({ caseSensitive: true });
  router.get('/app/assets/*file', serveAssets(deps.build));

  const busy = (_request: Request, response: Response) => showNotice(response, notices.busy);
  const common = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: busy } as const;
  router.use(path, protectFrame(deps));
  router.get(path, (_request, response) => showNotice(response, notices.inside));
  router.post(
    path,
    rateLimit({ ...common, identifier: 'ip', limit: deps.perIp ?? PER_IP }),
    ...parseForm(BODY_LIMIT, 10),
    openPage(deps, page),
  );
  router.use(path, sendErrorPage(deps));
  return router;
}

/** Agents get a page, whatever the error is. */
function sendErrorPage({ page, logger }: AppRouterDeps): ErrorRequestHandler {
  const notices = noticesOf(page);
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { kind } = requestFailureOf(error);
    if (kind === 'bad_request') return showNotice(response, notices.unreadable);
    const details = { ...aboutError(error), page, method: request.method };
    if (kind === 'unavailable')
      logger.warn(details, 'A page of the app could not be opened because something it needs is unavailable');
    else logger.error(details, 'A page of the app could not be opened');
    showNotice(response, notices.trouble);
  };
}

/** Their names change with their content, so browsers can cache them for ever. */
const FOREVER = 'public, max-age=31536000, immutable';

/** Serves the app's files. */
function serveAssets(build: () => AppBuild | null): RequestHandler {
  return (request, response, next) => {
    const asset = build()?.assets.get(request.baseUrl + request.path);
    if (!asset) return next();
    response.set({
      'Content-Type': asset.type,
      'Cache-Control': FOREVER,
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Accept-Encoding',
    });
    if (asset.gzipped && request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip').send(asset.gzipped);
    } else response.send(asset.raw);
  };
}
