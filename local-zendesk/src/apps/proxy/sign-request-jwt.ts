// Signs the token of an app's request.
import { SignJWT } from 'jose';
import { z } from 'zod';
import { fillSettings, type SettingsFor } from '../fill-settings.ts';

/** The option `jwt` of `client.request`; `expiry` in seconds. */
const jwtOption = z.object({
  algorithm: z.literal('HS256').default('HS256'),
  secret_key: z.string().min(1),
  expiry: z.number().int().positive().max(86_400).default(3_600),
  claims: z.record(z.string(), z.unknown()).default({}),
});

/**
 * HS256 with a secret that the page never sees. The claims are the page's own choice, so such a token says nothing about who is
 * looking. Null when the option is not as Zendesk describes it.
 */
export async function signRequestJwt(option: unknown, settingsFor: SettingsFor, now: number): Promise<string | null> {
  const parsed = jwtOption.safeParse(option);
  if (!parsed.success) return null;
  const { algorithm, secret_key, expiry, claims } = parsed.data;
  const secret = fillSettings(secret_key, settingsFor('jwt_secret_key'));
  if (secret === '') return null;
  const fill = (value: unknown) => (typeof value === 'string' ? fillSettings(value, settingsFor('jwt_claim')) : value);
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT(Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, fill(value)])))
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + expiry)
    .sign(new TextEncoder().encode(secret));
}
