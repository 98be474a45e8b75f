// Accepts requests only from our own pages, or from no page.
import type { RequestHandler } from 'express';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes that another site's page makes the browser send (403). Browsers name the page's origin in `Origin`
 * on every POST; programs such as curl send none and pass.
 */
export const sameOrigin: RequestHandler = (request, response, next) => {
  const { origin, host } = request.headers;
  if (READS.has(request.method) || origin === undefined || hostOf(origin) === host) next();
  else response.status(403).json({ error: 'Forbidden', description: 'Only pages of this server may do that.' });
};

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
