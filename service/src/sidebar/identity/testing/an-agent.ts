// Makes an agent, and the token by which Zendesk signs for them.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import type { Agent } from '../agent.ts';

/** Builds agents for tests, with defaults for everything not given. */
export function anAgent(part: Partial<Agent> = {}): Agent {
  return {
    id: 7,
    name: 'Lena',
    email: 'lena@northwind.test',
    role: 'agent',
    locale: 'en-US',
    organizationId: null,
    groupIds: [11],
    sees: 'all',
    may: { edit: true, editTags: true, assignTo: 'any_group' },
    ...part,
  };
}

export const ACCOUNT = 'https://acme.zendesk.com';
/** 2026-11-26T09:00:00Z, epoch seconds. */
export const NOW_S = Date.UTC(2026, 10, 26, 9) / 1000;

export interface AppKeyPair {
  privateKey: KeyObject;
  pem: string;
}

/** Signs tokens as Zendesk does, for tests. */
export function aKeyPair(): AppKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

/** The claims of user 7, signed just now; `claims` overrides them, and undefined removes one. */
export function theClaims(claims: JWTPayload = {}): JWTPayload {
  const all = {
    iss: new URL(ACCOUNT).host,
    aud: `${ACCOUNT}/api/v2/apps/installations/31.json`,
    sub: `${ACCOUNT}/api/v2/users/7.json`,
    iat: NOW_S,
    exp: NOW_S + 300,
    jti: 'a-page-load',
    context: { product: 'support', location: 'ticket_sidebar' },
    ...claims,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function signToken(
  key: KeyObject | Uint8Array,
  claims: JWTPayload = {},
  header: { alg: string } = { alg: 'RS256' },
): Promise<string> {
  return new SignJWT(theClaims(claims)).setProtectedHeader(header).sign(key);
}
