// Fills an app's settings into a secure request.
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../account/actor.ts';
import { fillSettings, type SettingScope, type SettingsFor } from '../fill-settings.ts';
import type { InstalledApp } from '../frames-at.ts';
import type { Json, ManifestParameter } from '../package/parse-manifest.ts';
import type { ProxyRequest } from '../types.ts';

interface FilledRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  data: string | null;
}

type Filled = { ok: true; request: FilledRequest } | { ok: false; status: number; problem: string };

/** Only http(s); a `secure` request only towards the whitelist, with settings and `{{jwt.token}}` in place. */
export async function fillSecurely(
  { app, installation }: InstalledApp,
  request: ProxyRequest,
  clock: Clock,
): Promise<Filled> {
  const plain = { url: request.url, headers: request.headers, data: request.data };
  if (!request.secure) return isWeb(request.url) ? { ok: true, request: plain } : notWeb;
  const settingsFor = (scope: SettingScope) => settingsIn(app.parameters, installation.settings, scope);
  const token = request.jwt === null ? null : await signRequestJwt(request.jwt, settingsFor, clock.now());
  const fill = (text: string, scope: SettingScope) =>
    fillSettings(text, settingsFor(scope)).replaceAll(/\{\{\s*jwt\.token\s*\}\}/g, () => token ?? '');
  const url = fill(request.url, 'url');
  if (!isWeb(url)) return notWeb;
  const allowed = app.domainWhitelist.map((domain) => fillSettings(domain, settingsFor('url')).toLowerCase());
  const { host, hostname } = new URL(url);
  if (!allowed.includes(host) && !allowed.includes(hostname)) {
    // Without the host, which a secret may be filled into.
    return { ok: false, status: 403, problem: 'The host is not in the domainWhitelist of the app' };
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [name, fill(value, 'header')]);
  const data = request.data === null ? null : fill(request.data, 'body');
  return { ok: true, request: { url, headers: Object.fromEntries(headers) as Record<string, string>, data } };
}

const notWeb: Filled = { ok: false, status: 400, problem: 'Only http and https addresses can be requested' };

const isWeb = (url: string): boolean => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);

/** A secure parameter with scopes goes only there; without scopes anywhere. Open settings know no bounds. */
function settingsIn(parameters: readonly ManifestParameter[], settings: Json, scope: SettingScope): Json {
  const kept = new Set(
    parameters
      .filter(({ secure, scopes }) => secure && scopes !== null && scopes.length > 0 && !scopes.includes(scope))
      .map(({ name }) => name),
  );
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !kept.has(name)));
}

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
async function signRequestJwt(option: unknown, settingsFor: SettingsFor, now: number): Promise<string | null> {
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
