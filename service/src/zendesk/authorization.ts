// Builds the Authorization header of each call.
import { z } from 'zod';
import type { Logger } from '../platform/logging/logger.ts';
import { ZendeskError } from './zendesk.ts';
import type { Answer } from './zendesk-call.ts';

export interface Authorization {
  /** Value of the `Authorization` header. Throws `ZendeskError` when no token can be obtained. */
  header(): Promise<string>;
  /** Called when the login was refused: discards its token. False: there is no token to renew. */
  renew(refused: string): boolean;
}

/**
 * Global `read`, because audits need it; Zendesk refuses it in combination with single read scopes. Of the write scopes only
 * those we use.
 */
const SCOPE = 'read tickets:write ticket_views:write webhooks:write triggers:write';

/** Zendesk gives new clients half an hour, and may omit `expires_in`. */
const DEFAULT_LIFE_S = 1800;

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

export interface OAuthDeps {
  clientId: string;
  clientSecret: string;
  /** Default: what the service needs. */
  scope?: string;
  /** Posts JSON without a login. */
  post: (path: string, body: unknown) => Promise<Answer>;
  clock: () => number;
  renewBeforeMs: number;
}

/** OAuth client credentials; calls that need a token at the same time share one request for it. */
export function createOAuthAuthorization(deps: OAuthDeps): Authorization {
  let token: { value: string; renewAt: number } | null = null;
  let pending: Promise<string> | null = null;

  async function request(): Promise<string> {
    const asked = deps.post('/oauth/tokens', {
      grant_type: 'client_credentials',
      client_id: deps.clientId,
      client_secret: deps.clientSecret,
      scope: deps.scope ?? SCOPE,
    });
    const answer = await asked.catch((error: unknown) => {
      throw refusedLogin(error);
    });
    const parsed = tokenAnswer.safeParse(answer.body);
    if (!parsed.success)
      throw new ZendeskError('unavailable', 'POST /oauth/tokens returned no access token', answer.status);
    const lifeMs = (parsed.data.expires_in ?? DEFAULT_LIFE_S) * 1000;
    const value = `Bearer ${parsed.data.access_token}`;
    // Never more than half of its lifetime early, so that a short-lived token is not requested for every call.
    token = { value, renewAt: deps.clock() + lifeMs - Math.min(deps.renewBeforeMs, lifeMs / 2) };
    return value;
  }

  return {
    async header() {
      if (token && deps.clock() < token.renewAt) return token.value;
      pending ??= request().finally(() => {
        pending = null;
      });
      return pending;
    },
    renew(refused) {
      if (token?.value === refused) token = null;
      return true;
    },
  };
}

/**
 * A refused token request concerns every call. If its own kind were kept, it would seem to be about the requested record: a 404 would
 * mark a ticket as deleted, and a 400, OAuth's status for a wrong scope (RFC 6749, 5.2), a write as permanently refused.
 */
function refusedLogin(error: unknown): unknown {
  if (!(error instanceof ZendeskError) || error.kind === 'busy' || error.kind === 'unavailable') return error;
  return new ZendeskError('forbidden', error.message, error.status, null, true);
}

/** E-mail and API token: accepted by Zendesk until 2027-04-30. */
export function createApiTokenAuthorization(login: { email: string; token: string }, logger: Logger): Authorization {
  logger.warn(
    { stops: '2027-04-30' },
    'Logging in with an API token, which Zendesk stops accepting on 2027-04-30: create an OAuth client and set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET',
  );
  const value = `Basic ${Buffer.from(`${login.email}/token:${login.token}`).toString('base64')}`;
  return { header: async () => value, renew: () => false };
}
