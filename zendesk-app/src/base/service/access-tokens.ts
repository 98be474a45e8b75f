// Keeps an access token for calls to the service and renews it.
import type { Session } from '@deskwright/shared/contract';
import { readResponse } from './read-response.ts';
import { type Answer, refused } from './refusal.ts';

/** How long before its end a token is renewed, so that it does not expire during a call. */
const RENEW_BEFORE_MS = 30_000;

export interface AccessTokens {
  /** A token that is valid for at least some seconds, renewed first if necessary. */
  current(): Promise<Answer<string>>;
  /** A newer token than `rejected`, which the service did not accept. Concurrent callers share one renewal. */
  replace(rejected: string): Promise<Answer<string>>;
}

/** Tokens are kept in this closure only: no cookie, no storage. */
export function createAccessTokens(deps: { fetch: typeof fetch; now: () => number; session: Session }): AccessTokens {
  let session = deps.session;
  let renewAt = whenToRenew(session, deps.now());
  let renewing: Promise<Answer<string>> | null = null;
  /** Set once the service has ended the session: it is not asked again. */
  let ended: Answer<string> | null = null;

  const renew = (): Promise<Answer<string>> => {
    if (ended !== null) return Promise.resolve(ended);
    renewing ??= fetchSession(deps.fetch, session.renewal)
      .then((answer): Answer<string> => {
        if (!answer.ok) {
          if (answer.refusal.kind === 'session_ended') ended = answer;
          return answer;
        }
        session = answer.value;
        renewAt = whenToRenew(session, deps.now());
        return { ok: true, value: session.accessToken };
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };

  return {
    current: () => (deps.now() < renewAt ? Promise.resolve({ ok: true, value: session.accessToken }) : renew()),
    replace: (rejected) =>
      session.accessToken === rejected ? renew() : Promise.resolve({ ok: true, value: session.accessToken }),
  };
}

/** Where the two clocks differ so much that a fresh token looks expired, only the service's 401 starts a renewal. */
function whenToRenew(session: Session, now: number): number {
  const at = Date.parse(session.accessExpiresAt) - RENEW_BEFORE_MS;
  return at > now ? at : Number.POSITIVE_INFINITY;
}

async function fetchSession(fetch: typeof globalThis.fetch, renewal: string): Promise<Answer<Session>> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ renewal }),
    });
    const answer = await readResponse<Session>(response);
    if (answer.ok || answer.refusal.kind === 'unreachable' || answer.refusal.kind === 'too_many_requests')
      return answer;
    return response.status >= 500 ? refused('unreachable') : refused('session_ended');
  } catch {
    return refused('unreachable');
  }
}
