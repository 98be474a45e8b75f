// Verifies that Zendesk signed this user's request to open our app, recently and for this account.
import type { KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { AppKey } from './app-key.ts';

export type SignedTokenAnswer =
  | { kind: 'user'; userId: number }
  | { kind: 'refused'; reason: 'missing' | 'expired' | 'invalid' }
  | { kind: 'no_key'; message: string }
  | { kind: 'unavailable' };

export interface SignedTokenDeps {
  appKey: AppKey;
  /** `https://acme.zendesk.com`, no slash at the end. */
  accountUrl: string;
  /** Epoch milliseconds. */
  clock: () => number;
}

/** Tolerance for differing clocks. */
const TOLERANCE_S = 30;
/** Zendesk's tokens are valid for five minutes; a longer validity is not accepted. */
const LONGEST_LIFE_S = 3_600;

/**
 * Verifies the form field `token` of an app with `signedUrls`. The token's claims are used only after its signature was verified; its
 * header has no influence, in particular not on the algorithm (RFC 8725, 3.1).
 * See https://developer.zendesk.com/documentation/apps/app-developer-guide/using-signed-urls/
 */
export async function verifySignedToken(deps: SignedTokenDeps, token: string | null): Promise<SignedTokenAnswer> {
  if (!token) return { kind: 'refused', reason: 'missing' };
  const answer = await deps.appKey.current();
  if (answer.kind === 'missing') return { kind: 'no_key', message: answer.message };
  if (answer.kind === 'unavailable') return { kind: 'unavailable' };
  const first = await verifyWith(answer.key, deps, token);
  if (first !== 'wrong_signature') return first;
  const other = await deps.appKey.renewed(answer.key);
  const second = other ? await verifyWith(other, deps, token) : 'wrong_signature';
  return second === 'wrong_signature' ? { kind: 'refused', reason: 'invalid' } : second;
}

async function verifyWith(
  key: KeyObject,
  { accountUrl, clock }: SignedTokenDeps,
  token: string,
): Promise<SignedTokenAnswer | 'wrong_signature'> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer: new URL(accountUrl).host,
      requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'],
      clockTolerance: TOLERANCE_S,
      // This also makes jose refuse an `iat` in the future.
      maxTokenAge: LONGEST_LIFE_S,
      currentDate: new Date(clock()),
    });
    const userId = isForUs(payload, accountUrl) ? readSubject(payload.sub, accountUrl) : null;
    return userId === null ? { kind: 'refused', reason: 'invalid' } : { kind: 'user', userId };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong_signature';
    if (error instanceof errors.JWTExpired) return { kind: 'refused', reason: 'expired' };
    // A key shorter than jose requires (2048 bits) throws a TypeError: then no token is accepted.
    return { kind: 'refused', reason: 'invalid' };
  }
}

/** The audience is an installation of this account, by number. */
function isForUs({ aud }: JWTPayload, accountUrl: string): boolean {
  const start = `${accountUrl}/api/v2/apps/installations/`;
  return typeof aud === 'string' && aud.startsWith(start) && /^[1-9]\d{0,15}\.json$/.test(aud.slice(start.length));
}

/** `<account>/api/v2/users/<id>.json` or the bare id. Null: it is not a user of this account. */
function readSubject(subject: string | undefined, accountUrl: string): number | null {
  const start = `${accountUrl}/api/v2/users/`;
  const rest = subject?.startsWith(start) ? subject.slice(start.length).replace(/\.json$/, '') : subject;
  const id = rest && /^[1-9]\d{0,15}$/.test(rest) ? Number(rest) : Number.NaN;
  return Number.isSafeInteger(id) ? id : null;
}
