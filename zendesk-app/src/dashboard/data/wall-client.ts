// Sends calls to the service with the token of a wall link.
import { readResponse } from '../../base/service/read-response.ts';
import { refused } from '../../base/service/refusal.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';

/** Longer than the slowest answer worth waiting for. */
const TIMEOUT_MS = 15_000;

/** The token is not renewed: a link works until an admin revokes it, and then reads as `session_ended`. */
export function createWallClient(deps: { fetch: typeof fetch; token: string }): ServiceClient {
  const send = (url: string | URL, init: RequestInit): Promise<Response> =>
    deps.fetch(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string> | undefined), authorization: `Wall ${deps.token}` },
    });
  return {
    async call(method, path) {
      try {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        return await readResponse(await send(path, { method, headers: { accept: 'application/json' }, signal }));
      } catch {
        return refused('unreachable'); // `fetch` throws without a network and after the timeout.
      }
    },
    fetch: send,
  };
}
