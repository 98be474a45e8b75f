// Protects the survey pages: headers that keep them secure and private, and limits for requests.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { inBrand } from '../brand.ts';
import { hashSurveyToken } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { brandStyle } from './brand-style.ts';

/** Inlined, so that a page needs one request; read from the source folder, like the templates. */
const inlined = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../src/surveys/templates/${name}`, import.meta.url)), 'utf8');

export const PAGE_STYLE = inlined('page.css');
/** Counts signs of use and saves as the customer goes. The pages work without it. */
export const PAGE_SCRIPT = inlined('page.js');

/** Only exactly this style sheet and this script are allowed (CSP 3, hash source). */
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * Allows the colour and the logo of one brand, and no others, on the page that is sent next.
 * @param brand its name in Zendesk; null: none
 * @returns the policy as it is for the brand, with which the page is made
 */
export function showBrand(response: Response, ofAll: SurveyPolicy, brand: string | null): SurveyPolicy {
  const policy = inBrand(ofAll, brand);
  const { page } = policy.surveys;
  const style = brandStyle(page?.color);
  const allow = helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: [hashOf(PAGE_STYLE), ...(style ? [hashOf(style)] : [])],
      scriptSrc: [hashOf(PAGE_SCRIPT)],
      connectSrc: ["'self'"],
      imgSrc: ['data:', ...(page?.logo ? [new URL(page.logo).origin] : [])],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
  allow(response.req, response, () => undefined);
  return policy;
}

/** No script but ours, no referrer, no caching, no indexing by search engines: whoever has the link can answer. */
export function protectPage(policy: () => SurveyPolicy): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
    });
    showBrand(response, policy(), null);
    next();
  };
}

/** Per minute, counted in this process. */
export interface RequestLimits {
  /** Visits from one address in all, whosever links they are: more would load the database, which knows which links are guessed. */
  visits: number;
  /** Pages of one link opened from one address. A whole company may share it, and its mail scanner opens every link. */
  opened: number;
  /** Forms of one link sent from one address; those that show signs of a person are counted apart from bare ones. */
  sent: number;
  /** Requests from one address for links that nobody was sent. */
  guessed: number;
  /** Requests of mail services to unsubscribe by one link. */
  unsubscribed: number;
}

export const DEFAULT_LIMITS: RequestLimits = {
  visits: 10_000,
  opened: 600,
  sent: 300,
  guessed: 600,
  unsubscribed: 30,
};

type Refuse = (request: Request, response: Response) => void;
const COMMON = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false } as const;

/**
 * @param refuse sends the page, with status 429 and `Retry-After`
 * @param identifier names the limit in the headers
 */
export const limitByAddress = (limit: number, refuse: Refuse, identifier = 'ip'): RequestHandler =>
  rateLimit({ ...COMMON, identifier, limit, handler: refuse });

/**
 * Counts all requests of a link together.
 * @param partOf counts apart what it gives different keys
 */
export const limitByLink = (
  limit: number,
  refuse: Refuse,
  partOf: (request: Request) => string = () => '',
): RequestHandler =>
  rateLimit({
    ...COMMON,
    identifier: 'link',
    limit,
    handler: refuse,
    keyGenerator: (request) => `${hashSurveyToken(String(request.params.token)).toString('base64')} ${partOf(request)}`,
  });

/** The address without the part that an IPv6 network gives out freely. */
export const addressOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');

/**
 * Applies `known` to links that somebody was sent, and `unknown` to all others: so a scanner that opens the mails of thousands keeps none of them
 * from answering, and whoever guesses links is stopped.
 */
export function limitVisits(
  isKnown: (request: Request) => Promise<boolean>,
  { known, unknown }: { known: RequestHandler; unknown: RequestHandler },
): RequestHandler {
  return async (request, response, next) => {
    const limit = (await isKnown(request)) ? known : unknown;
    await limit(request, response, next);
  };
}
