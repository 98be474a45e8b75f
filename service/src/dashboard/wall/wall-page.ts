// Serves the dashboard's page for a screen on a wall.
import { randomBytes } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { BUILD, describeBuild } from '../../platform/build-info.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { nonceOf, type PageDeps, sendPage, showNotice } from '../../sidebar/index.ts';
import { findLink } from './wall-links.ts';

interface WallPageDeps extends Pick<PageDeps, 'build' | 'clock'> {
  readonly db: Database;
  readonly logger: Pick<Logger, 'error'>;
  /** Opened pages a minute and address. */
  readonly perIp?: number;
}

const PER_IP = 120;

const NOTICES = {
  unknown: { status: 404, title: 'There is nothing here', text: 'Check the address.' },
  revoked: {
    status: 401,
    title: 'This link was revoked',
    text: 'An admin has revoked this link to the dashboard. Ask an admin for a new one.',
  },
  notBuilt: {
    status: 503,
    title: 'The dashboard is not built yet',
    text: 'The service runs without the dashboard’s files. An admin can build them with “npm run build” where the service runs.',
  },
  busy: { status: 429, title: 'Too many requests', text: 'Reload the page in a minute.' },
  trouble: {
    status: 503,
    title: 'The dashboard has a problem',
    text: 'The problem is on our side. Reload the page in a moment.',
  },
} as const;

/** `/wall/:token`. Mount it at the root of the application. */
export function createWallRouter(deps: WallPageDeps): Router {
  const { db, build, clock, logger } = deps;
  const router = express.Router({ caseSensitive: true });
  router.use('/wall', makeNonce, protectWall, noTrace);
  router.get(
    '/wall/:token',
    rateLimit({
      windowMs: 60_000,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier: 'ip',
      limit: deps.perIp ?? PER_IP,
      handler: (_request, response) => showNotice(response, NOTICES.busy),
    }),
    async (request, response) => {
      const { token } = request.params as { token: string };
      const link = await findLink(db, token, 'dashboard', new Date(clock()));
      if (link.kind !== 'link') return showNotice(response, NOTICES[link.kind]);
      const files = build()?.pages.get('dashboard');
      if (!files) return showNotice(response, NOTICES.notBuilt);
      const locale = request.acceptsLanguages('en-US', 'de', 'fr', 'es') || 'en-US';
      sendPage(response, locale, files, { sdkUrl: null, wall: { token, version: describeBuild(BUILD), locale } });
    },
  );
  router.use('/wall', (_request, response) => showNotice(response, NOTICES.unknown));
  router.use('/wall', ((error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    logger.error(aboutError(error), 'The dashboard of a wall link could not be opened');
    showNotice(response, NOTICES.trouble);
  }) satisfies ErrorRequestHandler);
  return router;
}

const makeNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

const protectWall = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Parameters<typeof nonceOf>[0])}'`],
    connectSrc: ["'self'"],
    imgSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** The address is a secret: it is neither sent on, nor stored, nor found by search engines. */
const noTrace: RequestHandler = (_request, response, next) => {
  response.set({
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
  });
  next();
};
