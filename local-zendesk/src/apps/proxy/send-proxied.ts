// Sends a request on behalf of an app.
import type { Clock } from '../../account/actor.ts';
import type { InstalledApp } from '../frames-at.ts';
import type { ProxyAnswer, ProxyRequest } from '../types.ts';
import { fillSecurely } from './fill-securely.ts';

const DEFAULT_TIMEOUT_MS = 15_000;
const LONGEST_TIMEOUT_MS = 60_000;

// Of this hop, or already undone by fetch: the page must not see them. Cookies of other hosts are not its business.
const NOT_PASSED_ON = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
]);

/**
 * Fetches on the app's behalf. A `secure` request goes only to hosts of `domainWhitelist`, its settings are filled in here, and it
 * follows no redirect, which could carry them elsewhere. Never throws for what the other side does: 504 for a time-out, 502 when
 * it cannot be reached. Unlike Zendesk's own, it also reaches addresses of this machine: that is what a local Zendesk is for.
 */
export async function sendProxied(
  installed: InstalledApp | undefined,
  request: ProxyRequest,
  clock: Clock,
): Promise<ProxyAnswer> {
  if (installed === undefined) return refusal(404, 'The app is not installed');
  const filled = await fillSecurely(installed, request, clock);
  if (!filled.ok) return refusal(filled.status, filled.problem);
  const { url, headers, data } = filled.request;
  const hasBody = data !== null && !['GET', 'HEAD'].includes(request.type.toUpperCase());
  const timeoutMs = Math.min(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, LONGEST_TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: request.type.toUpperCase(),
      headers: {
        ...(hasBody && request.contentType !== null ? { 'content-type': request.contentType } : {}),
        ...headers,
      },
      redirect: request.secure ? 'manual' : 'follow',
      signal: AbortSignal.timeout(timeoutMs),
      ...(hasBody ? { body: data } : {}),
    });
    return {
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries([...response.headers].filter(([name]) => !NOT_PASSED_ON.has(name))),
      body: await response.text(),
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      return refusal(504, `No answer within ${timeoutMs} ms`);
    }
    return refusal(502, 'The address cannot be reached');
  }
}

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

const refusal = (status: number, message: string): ProxyAnswer => ({
  status,
  statusText: STATUS_TEXTS[status] ?? '',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: message }),
});
