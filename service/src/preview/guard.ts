// Refuses requests that do not come from the page: other users of this machine, and other pages in the browser.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * The part of the address behind the token; null: the request is refused. The page shows customers' words, so an address that cannot be
 * guessed is needed. A name that points at 127.0.0.1 (DNS rebinding) and requests made by other pages are refused even with the token.
 */
export function pathBehindToken(request: IncomingMessage, token: string): string | null {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!/^(?:127\.0\.0\.1|localhost):\d{1,5}$/.test(host)) return null;
  if (Number(host.split(':')[1]) !== request.socket.localPort) return null;
  if (origin !== undefined && origin !== `http://${host}`) return null;
  const [, given = '', ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (!isEqual(given, token)) return null;
  // The address may be opened from a terminal or a chat; everything else only by the page itself.
  const opened = rest.join('/') === '' && request.method === 'GET';
  if (!opened && site !== undefined && site !== 'same-origin') return null;
  return rest.join('/');
}

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The page loads nothing from outside and cannot be framed; its address, which has the token, is not passed on. */
export const securityHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
