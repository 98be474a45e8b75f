// Issues and verifies the tokens of an open page.

import { randomBytes } from 'node:crypto';
import type { Session } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Database } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { Agent } from './agent.ts';

type SessionToken =
  /** `expiresAt`: epoch milliseconds. */
  { kind: 'agent'; agentId: number; expiresAt: number } | { kind: 'refused'; reason: 'expired' | 'invalid' };

export interface Sessions {
  /** For an agent whom Zendesk has just authenticated. */
  open(agent: Agent): Promise<Session>;
  /** A new access token for the same sign-in: `renewal` and its expiry stay the same. */
  renew(agent: Agent, renewal: string): Promise<Session>;
  readAccess(token: string): Promise<SessionToken>;
  readRenewal(token: string): Promise<SessionToken>;
}

interface SessionsDeps {
  /** Called when first needed, and not again after it succeeded. */
  readSecret: () => Promise<Uint8Array>;
  /** The account these tokens belong to: tokens from a copied database are not valid for another account. */
  accountUrl: string;
  /** Epoch milliseconds. */
  clock: () => number;
}

const ACCESS_MS = 5 * 60_000;
/** A working day with overtime; after that, opening a ticket signs in again. */
const RENEWAL_MS = 12 * 3_600_000;

/** One kind of token cannot be used as the other: both `typ` and `aud` differ (RFC 8725, 3.11 and 3.12). */
const KINDS = {
  access: { typ: 'deskwright-access+jwt', audience: 'deskwright/api' },
  renewal: { typ: 'deskwright-renewal+jwt', audience: 'deskwright/session' },
} as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];

/** HS256, because only this service reads these tokens. */
export function createSessions({ readSecret, accountUrl, clock }: SessionsDeps): Sessions {
  const issuer = `deskwright for ${accountUrl}`;
  let secret: Promise<Uint8Array> | null = null;
  const readOnce = (): Promise<Uint8Array> => {
    secret ??= readSecret().catch((error: unknown) => {
      secret = null;
      throw error;
    });
    return secret;
  };

  async function sign({ typ, audience }: Kind, agentId: number, expiresAt: number): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(String(agentId))
      .setIssuedAt(seconds(clock()))
      .setExpirationTime(seconds(expiresAt))
      .sign(await readOnce());
  }

  async function read({ typ, audience }: Kind, token: string): Promise<SessionToken> {
    const key = await readOnce();
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        typ,
        audience,
        issuer,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock()),
      });
      return { kind: 'agent', agentId: Number(payload.sub), expiresAt: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      return { kind: 'refused', reason: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
  }

  async function sessionOf(agent: Agent, renewal: string): Promise<Session> {
    const expiresAt = seconds(clock() + ACCESS_MS) * 1000;
    return {
      accessToken: await sign(KINDS.access, agent.id, expiresAt),
      accessExpiresAt: new Date(expiresAt).toISOString(),
      renewal,
      agent: { id: agent.id, name: agent.name, locale: agent.locale },
    };
  }

  return {
    open: async (agent) => sessionOf(agent, await sign(KINDS.renewal, agent.id, clock() + RENEWAL_MS)),
    renew: sessionOf,
    readAccess: (token) => read(KINDS.access, token),
    readRenewal: (token) => read(KINDS.renewal, token),
  };
}

/** JWT counts whole seconds (RFC 7519, 2). */
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const KEY = 'session_secret';
const BYTES = 32;

/**
 * Reads the secret, or creates it if missing; the first process wins, and the others read its secret. Deleting the row
 * ends every session: pages then ask to open the ticket again.
 */
export async function readSessionSecret(db: Database): Promise<Uint8Array> {
  const made = randomBytes(BYTES).toString('base64');
  await db.insert(settings).values({ key: KEY, value: made }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const secret = Buffer.from(typeof row?.value === 'string' ? row.value : '', 'base64');
  if (secret.length !== BYTES)
    throw new Error(
      'The row session_secret of the table settings is not valid. Delete it to create a new one; agents then sign in again.',
    );
  return secret;
}
