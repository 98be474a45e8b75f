// Serves the company page about surveys, by a read-only link.
import { createHash } from 'node:crypto';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { findLink } from '../../dashboard/index.ts';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { aboutPage, type CompanyPolicy, companyNotice, companyPage, stylesOf } from './company-views.ts';
import { explainSurveys } from './explain-surveys.ts';
import {
  COMPANY_PERIODS,
  type CompanyFigures,
  type CompanyPeriod,
  readCompanyFigures,
} from './read-company-figures.ts';
import { COMPANY_LANGUAGES, type CompanyLanguage, type CompanyTexts } from './texts/company-texts.ts';
import { isCompanyLanguage } from './texts/texts-in.ts';

interface CompanyDeps {
  readonly db: Database;
  readonly policy: () => CompanyPolicy & Parameters<typeof explainSurveys>[0];
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'error'>;
  /** Opened pages a minute and address. */
  readonly perIp?: number;
}

const PER_IP = 120;
/** A browser may show it again for as long, and so may the service: figures of periods that are over change little. */
const FRESH_MS = 60_000;

const STATUS = { unknown: 404, revoked: 401, busy: 429, trouble: 503 } as const;

/** `/company/:token`, with `?over=week|month|quarter`, `?lang=` and `?about`. Mount it at the root of the application. */
export function createCompanyRouter(deps: CompanyDeps): Router {
  const { db, policy, clock, logger } = deps;
  const router = express.Router({ caseSensitive: true });
  const figuresOf = rememberFigures(deps);
  const refuse = (request: Request, response: Response, name: keyof CompanyTexts['notices']) =>
    response
      .status(STATUS[name])
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(companyNotice(policy(), name, languageOf(request)));
  router.use('/company', protectCompany(policy));
  router.get(
    '/company/:token',
    rateLimit({
      windowMs: FRESH_MS,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier: 'ip',
      limit: deps.perIp ?? PER_IP,
      handler: (request, response) => refuse(request, response, 'busy'),
    }),
    async (request, response) => {
      const { token } = request.params as { token: string };
      const link = await findLink(db, token, 'company', new Date(clock()));
      if (link.kind !== 'link') {
        refuse(request, response, link.kind);
        return;
      }
      const [over, language] = [periodOf(request), languageOf(request)];
      const page =
        request.query.about === undefined
          ? companyPage(policy(), await figuresOf(over), language)
          : aboutPage(policy(), explainSurveys(policy(), language, new Date(clock())), over);
      response
        .set({ 'Cache-Control': `private, max-age=${FRESH_MS / 1_000}`, Vary: 'Accept-Language' })
        .type('html')
        .send(page);
    },
  );
  router.use('/company', (request, response) => refuse(request, response, 'unknown'));
  router.use('/company', ((error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    logger.error(aboutError(error), 'The company page about surveys could not be shown');
    refuse(request, response, 'trouble');
  }) satisfies ErrorRequestHandler);
  return router;
}

/** Many people open the same page at once: it is read once a minute for each length of a period, and again when the policy changes. */
function rememberFigures({ db, policy, clock }: CompanyDeps): (over: CompanyPeriod) => Promise<CompanyFigures> {
  const known = new Map<CompanyPeriod, { at: number; policy: CompanyPolicy; figures: Promise<CompanyFigures> }>();
  return (over) => {
    const before = known.get(over);
    const inForce = policy();
    if (before && before.policy === inForce && clock() - before.at < FRESH_MS) return before.figures;
    const figures = readCompanyFigures(db, { over, policy: inForce, now: new Date(clock()) });
    known.set(over, { at: clock(), policy: inForce, figures });
    figures.catch(() => known.delete(over));
    return figures;
  };
}

const periodOf = ({ query }: Request): CompanyPeriod => COMPANY_PERIODS.find((one) => one === query.over) ?? 'month';

const languageOf = (request: Request): CompanyLanguage => {
  if (isCompanyLanguage(request.query.lang)) return request.query.lang;
  const asked = request.acceptsLanguages(...COMPANY_LANGUAGES);
  return isCompanyLanguage(asked) ? asked : 'en';
};

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** As the survey page: no script, no referrer, not found by search engines, only these style sheets. */
function protectCompany(policy: () => CompanyPolicy): RequestHandler {
  return (request, response, next) => {
    response.set({
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    });
    const { logo } = policy().surveys.page ?? {};
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: stylesOf(policy()).map(hashOf),
        imgSrc: ['data:', ...(logo ? [new URL(logo).origin] : [])],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    })(request, response, next);
  };
}
