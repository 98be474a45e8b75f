// Identifies the caller by OAuth or API token.
import type { Account } from '../../account/account.ts';
import type { Caller } from '../call.ts';

const NOBODY: Caller = { user: null, scopes: [], tokenId: null };

/** `missing` without credentials, `wrong_…` with invalid ones. */
export type Identity = { kind: 'known'; caller: Caller } | { kind: 'missing' | 'wrong_bearer' | 'wrong_basic' };

function byBearer(account: Account, secret: string): Identity {
  const token = account.oauth.findLiveToken(secret);
  const user = account.users.find(token?.user_id ?? 0);
  if (token === undefined || user === undefined || user.suspended || !user.active) return { kind: 'wrong_bearer' };
  return { kind: 'known', caller: { user, scopes: token.scopes, tokenId: token.id } };
}

/** Only `email/token:secret`: e-mail and password no longer open the API (since 2026-01-12). */
function byBasic(account: Account, encoded: string): Identity {
  const [, email, secret] = /^(.+)\/token:(.+)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  const user = email === undefined ? undefined : account.users.findByEmail(email);
  if (user === undefined || secret === undefined || user.suspended || !account.oauth.acceptsApiToken(secret)) {
    return { kind: 'wrong_basic' };
  }
  return { kind: 'known', caller: { ...NOBODY, user, scopes: 'all' } };
}

export function identifyCaller(account: Account, authorization: string | undefined): Identity {
  const [, scheme = '', value = ''] = /^(\S+)\s+(.+)$/.exec(authorization ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return byBearer(account, value.trim());
    case 'basic':
      return byBasic(account, value.trim());
    default:
      return { kind: 'missing' };
  }
}

export { NOBODY };
