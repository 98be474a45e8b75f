// Sends an app's request to the account's API, through the proxy, or directly.
import type { Instance } from './instance.ts';
import { readRequest, type WantedRequest } from './request-options.ts';
import { noResponse, type Outcome, outcomeOf, type RawResponse } from './response-args.ts';

/**
 * Relative URLs go to the account's API with the agent's rights, absolute ones through the server, which knows the secure settings,
 * or directly with `cors: true`. The workspace's own pages are refused, because they issue the tokens of other apps.
 */
export async function runRequest(instance: Instance, options: unknown): Promise<Outcome> {
  const wanted = readRequest(options);
  if (wanted === null) return noResponse('error', 'A request needs a url.');
  const signal = wanted.timeoutMs === null ? null : AbortSignal.timeout(wanted.timeoutMs);
  try {
    const response = await send(instance, wanted, signal);
    const waitMs = wanted.autoRetry ? retryAfterMs(response) : null;
    if (waitMs === null) return outcomeOf(response, wanted);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return outcomeOf(await send(instance, wanted, signal), wanted);
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return isLate ? noResponse('timeout', 'timeout') : noResponse('error', error instanceof Error ? error.message : '');
  }
}

const LONGEST_WAIT_S = 60;

/** Of a 429 or 503 with `retry-after` in seconds. */
function retryAfterMs({ status, headers }: RawResponse): number | null {
  if (status !== 429 && status !== 503) return null;
  const seconds = Number(headers['retry-after'] ?? NaN);
  return seconds >= 0 && seconds <= LONGEST_WAIT_S ? seconds * 1000 : null;
}

async function send(instance: Instance, wanted: WantedRequest, signal: AbortSignal | null): Promise<RawResponse> {
  // Only the server can resolve such a URL.
  if (wanted.secure && wanted.url.startsWith('{{')) return viaProxy(instance, wanted, signal);
  const url = new URL(wanted.url, window.location.origin);
  if (url.origin === window.location.origin) {
    const path = `${url.pathname}${url.search}`;
    if (!path.startsWith('/api/')) return NO_PAGE;
    return fetchRaw(`/agent/apps/rest${path}`, wanted, 'same-origin', signal);
  }
  if (wanted.cors) return fetchRaw(url.href, wanted, wanted.withCredentials ? 'include' : 'omit', signal);
  return viaProxy(instance, wanted, signal);
}

const NO_PAGE: RawResponse = { status: 404, statusText: 'Not Found', headers: {}, body: '' };

async function fetchRaw(
  url: string,
  wanted: WantedRequest,
  credentials: RequestCredentials,
  signal: AbortSignal | null,
): Promise<RawResponse> {
  const { method, headers, body, contentType } = wanted;
  const type = contentType === null ? {} : { 'content-type': contentType };
  const response = await fetch(url, { method, body, credentials, headers: { ...type, ...headers }, signal });
  return {
    status: response.status,
    statusText: response.statusText,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

async function viaProxy(instance: Instance, wanted: WantedRequest, signal: AbortSignal | null): Promise<RawResponse> {
  const { url, method, headers, contentType, body, secure, timeoutMs, jwt } = wanted;
  const request = { url, type: method, headers, contentType, data: body, secure, timeoutMs, jwt };
  const response = await fetch('/agent/apps/proxy', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ installationId: instance.frame.installationId, request }),
    signal,
  });
  if (response.ok) return (await response.json()) as RawResponse;
  const { status, statusText } = response;
  return { status, statusText, headers: { 'content-type': 'application/json' }, body: await response.text() };
}
