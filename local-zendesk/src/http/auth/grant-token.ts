// Issues a token for an OAuth grant.

import type { OAuthClient, OAuthToken } from '../../account/access.ts';
import type { Account } from '../../account/account.ts';
import { grantBody } from '../bodies/access.ts';
import type { Reply } from '../call.ts';
import { isValidScope } from './scopes.ts';

const refuse = (status: number, error: string, error_description: string): Reply => ({
  status,
  body: { error, error_description },
});

/** `expires_in` must be between 5 minutes and 2 days. */
const [SHORTEST, LONGEST] = [300, 172_800];

const answer = (token: OAuthToken, now: number): Reply => ({
  // Described as 201; Zendesk's own command line takes 200 as well.
  status: 201,
  body: {
    access_token: token.token,
    token_type: 'bearer',
    scope: token.scopes.join(' '),
    expires_in: Math.round((token.expires_at - now) / 1000),
    ...(token.refresh_token !== null && {
      refresh_token: token.refresh_token,
      refresh_token_expires_in: Math.round(((token.refresh_token_expires_at ?? now) - now) / 1000),
    }),
  },
});

/** Only scopes which exist count against the client's ceiling: a misspelt one is granted, but allows nothing. */
const beyondCeiling = (client: OAuthClient, scopes: readonly string[]): string | undefined =>
  client.scopes.length === 0
    ? undefined
    : scopes.find((scope) => isValidScope(scope) && !client.scopes.includes(scope));

/** `client_credentials` and `refresh_token`, as JSON or as a form. */
export function grantToken(account: Account, body: unknown): Reply {
  const parsed = grantBody.safeParse(body ?? {});
  if (!parsed.success) return refuse(400, 'invalid_request', 'The request is missing a required parameter');
  const { grant_type, client_id, client_secret, scope, refresh_token, expires_in } = parsed.data;
  const now = account.clock.now();
  const client = account.oauth.findClient(client_id ?? '');
  if (client === undefined || client.secret !== client_secret) {
    return refuse(401, 'invalid_client', 'Client authentication failed due to unknown client or wrong secret');
  }
  switch (grant_type) {
    case 'client_credentials': {
      const scopes = (scope ?? 'read write').split(/\s+/).filter(Boolean);
      const beyond = beyondCeiling(client, scopes);
      if (beyond !== undefined) return refuse(400, 'invalid_scope', `The requested scope is invalid: ${beyond}`);
      if (expires_in !== undefined && (expires_in < SHORTEST || expires_in > LONGEST)) {
        return refuse(400, 'invalid_request', `expires_in must be between ${SHORTEST} and ${LONGEST} seconds`);
      }
      const life = expires_in === undefined ? {} : { lifeMs: expires_in * 1000 };
      return answer(account.oauth.issueToken({ client, scopes, withRefresh: true, ...life }), now);
    }
    case 'refresh_token': {
      const token = account.oauth.refresh(refresh_token ?? '');
      return token === undefined
        ? refuse(400, 'invalid_grant', 'The provided refresh token is invalid, expired or revoked')
        : answer(token, now);
    }
    default:
      return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
  }
}
