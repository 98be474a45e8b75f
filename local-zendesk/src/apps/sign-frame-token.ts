// Signs the token that names to an app's server who sees the frame.
import { randomUUID } from 'node:crypto';
import { type CryptoKey, SignJWT } from 'jose';
import type { User } from '../account/types.ts';

export interface FrameTokenInput {
  /** The account's address, without a slash at the end. */
  accountUrl: string;
  installationId: number;
  agent: User;
  context: Readonly<Record<string, unknown>>;
  privateKey: CryptoKey;
  /** Epoch milliseconds. */
  now: number;
}

/** Seconds from `iat` to `exp`. */
const LIFE = 300;

/**
 * The field `token` of a first load with `signedUrls`: RS256 over `iss aud sub iat exp jti context`.
 * See https://developer.zendesk.com/documentation/apps/app-developer-guide/using-signed-urls/
 */
export function signFrameToken({
  accountUrl,
  installationId,
  agent,
  context,
  privateKey,
  now,
}: FrameTokenInput): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ context })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(new URL(accountUrl).host)
    .setAudience(`${accountUrl}/api/v2/apps/installations/${installationId}.json`)
    .setSubject(`${accountUrl}/api/v2/users/${agent.id}.json`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFE)
    .setJti(randomUUID())
    .sign(privateKey);
}
