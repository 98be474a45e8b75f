// Sets the headers that all answers share.
import { randomUUID } from 'node:crypto';
import type { Reply } from './call.ts';

/** Webhooks are a separate service at Zendesk, without caching headers or charset and with a separate limit. */
export const isWebhookPath = (path: string): boolean => /^(\/api\/v2)?\/webhooks\b/.test(path);

/** As recorded from live accounts; `ETag` is left to Express, which knows the bytes. */
export function replyHeaders(path: string, { status, body }: Reply): Readonly<Record<string, string>> {
  const headers = { 'x-request-id': randomUUID() };
  if (isWebhookPath(path)) return headers;
  const isCacheable = status < 300 && body !== undefined;
  return { ...headers, 'cache-control': isCacheable ? 'max-age=0, private, must-revalidate' : 'no-cache' };
}
