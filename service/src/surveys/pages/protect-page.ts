// Sets the headers that keep a survey page secure and private, and holds the style sheet that they allow.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Inlined, so that a page needs one request; read from the source folder, like the templates. */
export const PAGE_STYLE = readFileSync(
  fileURLToPath(new URL('../../../src/surveys/templates/page.css', import.meta.url)),
  'utf8',
);

/** For `style-src`: only this exact style sheet is allowed (CSP 3, hash source). */
const PAGE_STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;

const contentSecurityPolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: [PAGE_STYLE_HASH],
    imgSrc: ['data:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
});

/** No script, no referrer, no caching, no indexing by search engines: whoever has the link can answer. */
export const protectPage: RequestHandler = (request, response, next) => {
  response.set({
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex, nofollow',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  contentSecurityPolicy(request, response, next);
};
