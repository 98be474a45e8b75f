// Which access token may a call use now?
import type { Session } from '@deskwright/shared/contract';
import { readAnswer } from './read-answer.ts';
import { type Answer, refused } from './refusal.ts';

/** Renewed this long before it ends, so that a call under way does not outlive it. */
const AHEAD_MS = 30_000;

export interface Access {
  /** A token that is good for some seconds at least, renewed before if need be. */
  token(): Promise<Answer<string>>;
  /** The service did not take this one: a newer one, which is fetched once however many calls ask. */
  after(stale: string): Promise<Answer<string>>;
}

/** Tokens live in this closure and nowhere else: no cookie, no storage. */
export function keepAccess(deps: { fetch: typeof fetch; now: () => number; session: Session }): Access {
  let session = deps.session;
  let renewAt = whenToRenew(session, deps.now());
  let renewing: Promise<Answer<string>> | null = null;
  /** The service's last word on this session: asking again would only be noise. */
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
    token: () => (deps.now() < renewAt ? Promise.resolve({ ok: true, value: session.accessToken }) : renew()),
    after: (stale) =>
      session.accessToken === stale ? renew() : Promise.resolve({ ok: true, value: session.accessToken }),
  };
}

/** Where the two clocks disagree so much that a fresh token looks old, only the service's 401 can tell. */
function whenToRenew(session: Session, now: number): number {
  const at = Date.parse(session.accessExpiresAt) - AHEAD_MS;
  return at > now ? at : Number.POSITIVE_INFINITY;
}

async function fetchSession(fetch: typeof globalThis.fetch, renewal: string): Promise<Answer<Session>> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ renewal }),
    });
    const answer = await readAnswer<Session>(response);
    if (answer.ok || answer.refusal.kind === 'unreachable' || answer.refusal.kind === 'too_many_requests')
      return answer;
    return response.status >= 500 ? refused('unreachable') : refused('session_ended');
  } catch {
    return refused('unreachable');
  }
}
