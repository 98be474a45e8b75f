// Sets the headers that let only Zendesk frame our page.
import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

export interface FrameRules {
  /** `https://acme.zendesk.com`. */
  accountUrl: string;
  sdkUrl: string;
}

/**
 * A nonce for the page's own styles, and a Content-Security-Policy with it. No `X-Frame-Options`: it supports no other origin than the
 * page's own, and browsers apply `frame-ancestors` (CSP 3, 6.4.2).
 */
export function protectFrame({ accountUrl, sdkUrl }: FrameRules): RequestHandler {
  const ancestors = framersOf(new URL(accountUrl)).join(' ');
  const sdk = new URL(sdkUrl).origin;
  return (_request, response, next) => {
    const nonce = randomBytes(16).toString('base64');
    response.locals.nonce = nonce;
    response.set({
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'self' ${sdk}`,
        `style-src 'self' 'nonce-${nonce}'`,
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        `frame-ancestors ${ancestors}`,
      ].join('; '),
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cache-Control': 'no-store',
    });
    response.removeHeader('X-Frame-Options');
    next();
  };
}

export function nonceOf(response: Response): string {
  return String(response.locals.nonce);
}

/** A local Zendesk answers under both names of this machine, and people use either. */
function framersOf({ protocol, hostname, port, origin }: URL): string[] {
  return hostname === '127.0.0.1' ? [origin, `${protocol}//localhost${port ? `:${port}` : ''}`] : [origin];
}
