// Sends calls to the service with the agent's access token.
import type { Session } from '@deskwright/shared/contract';
import { createAccessTokens } from './access-tokens.ts';
import { readResponse } from './read-response.ts';
import { type Answer, refused } from './refusal.ts';

/** Longer than the slowest answer worth waiting for. */
const TIMEOUT_MS = 15_000;

export interface ServiceClient {
  /** @param path from the root: `/api/tickets/42/card` @param body sent as JSON */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>>;
  /** `fetch` with the agent's token, for the live stream. Throws where no token can be had. */
  readonly fetch: (url: string | URL, init: RequestInit) => Promise<Response>;
}

export function createServiceClient(deps: { fetch: typeof fetch; now: () => number; session: Session }): ServiceClient {
  const tokens = createAccessTokens(deps);

  /** After a 401 the call is sent once more with a renewed token. */
  async function send(url: string | URL, init: RequestInit): Promise<Answer<Response>> {
    const token = await tokens.current();
    if (!token.ok) return token;
    const response = await withToken(url, init, token.value);
    if (response.status !== 401) return { ok: true, value: response };
    const renewed = await tokens.replace(token.value);
    return renewed.ok ? { ok: true, value: await withToken(url, init, renewed.value) } : renewed;
  }

  function withToken(url: string | URL, init: RequestInit, token: string): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${token}` };
    return deps.fetch(url, { ...init, headers });
  }

  return {
    async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
      const json = body === undefined ? {} : { body: JSON.stringify(body) };
      const headers = {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS);
      try {
        const sent = await send(path, { method, headers, signal: timeout.signal, ...json });
        return sent.ok ? await readResponse<T>(sent.value) : sent;
      } catch {
        return refused('unreachable'); // `fetch` throws without a network and after the timeout.
      } finally {
        clearTimeout(timer);
      }
    },
    async fetch(url, init) {
      const sent = await send(url, init);
      if (sent.ok) return sent.value;
      throw new Error(`No access token: ${sent.refusal.kind}`);
    },
  };
}
