// Declares the operations on webhooks, OAuth clients, tokens and skips.
import type { OAuthClient, OAuthToken, Skip, Webhook, WebhookInput } from './access.ts';
import type { Actor } from './actor.ts';
import type { Result } from './result.ts';

export interface Webhooks {
  create: (input: WebhookInput, by: Actor) => Result<Webhook>;
  update: (id: string, input: WebhookInput, by: Actor) => Result<Webhook>;
  delete: (id: string, by: Actor) => Result<Webhook>;
  resetSecret: (id: string, by: Actor) => Result<Webhook>;
  find: (id: string) => Webhook | undefined;
  list: () => readonly Webhook[];
}

export interface OAuth {
  createClient: (
    input: { identifier: string; name?: string; secret?: string; user_id: number; scopes?: readonly string[] },
    by: Actor,
  ) => Result<OAuthClient>;
  findClient: (identifier: string) => OAuthClient | undefined;
  clients: () => readonly OAuthClient[];
  /** Lives `lifeMs` (default 30 minutes) by the account's clock. */
  issueToken: (input: {
    client: OAuthClient;
    scopes: readonly string[];
    userId?: number;
    withRefresh?: boolean;
    lifeMs?: number;
  }) => OAuthToken;
  /** A live token; undefined when unknown, revoked or past its life. */
  findLiveToken: (token: string) => OAuthToken | undefined;
  findToken: (id: number) => OAuthToken | undefined;
  /** Ends the old pair and gives a new one; undefined when unknown, used before or past its life. */
  refresh: (refreshToken: string) => OAuthToken | undefined;
  revoke: (id: number) => boolean;
  tokens: () => readonly OAuthToken[];
  /** An old e-mail/token credential which the account still has; Zendesk stopped making them on 2026-10-27. */
  addApiToken: (token: string) => void;
  /** Whether this API token still opens the account (never after 2027-04-30 by the clock). */
  acceptsApiToken: (token: string) => boolean;
}

export interface Skips {
  record: (input: { ticket_id: number; reason: string }, by: Actor) => Result<Skip>;
  list: (filter?: { ticket_id?: number; user_id?: number }) => readonly Skip[];
}
