// Stores OAuth clients and tokens.
import type { OAuthClient, OAuthToken } from './access.ts';
import type { OAuth } from './access-api.ts';
import type { Core } from './core.ts';
import { createRecordStore } from './record-store.ts';
import { invalid, ok } from './result.ts';
import { isoSeconds } from './values.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TOKEN_LIFE = 30 * MINUTE;
const REFRESH_LIFE = 30 * DAY;

/** From this moment no API token opens anything; see Zendesk's OAuth migration page. */
const API_TOKENS_END_AT = Date.UTC(2027, 3, 30);

export function createOAuth(core: Core): OAuth {
  const clients = createRecordStore<OAuthClient>(core, 'oauth_client', (client) => client.name);
  const tokens = new Map<number, OAuthToken>();
  const idByToken = new Map<string, number>();
  const apiTokens = new Set<string>();

  const issueToken: OAuth['issueToken'] = ({ client, scopes, userId, withRefresh = false, lifeMs = TOKEN_LIFE }) => {
    const now = core.clock.now();
    const token: OAuthToken = {
      id: core.nextId(),
      token: core.secret(32),
      refresh_token: withRefresh ? core.secret(32) : null,
      client_id: client.id,
      user_id: userId ?? client.user_id,
      scopes,
      created_at: isoSeconds(now),
      expires_at: now + lifeMs,
      refresh_token_expires_at: withRefresh ? now + REFRESH_LIFE : null,
      used_at: null,
    };
    tokens.set(token.id, token);
    idByToken.set(token.token, token.id);
    return token;
  };

  const revoke = (id: number): boolean => {
    const token = tokens.get(id);
    if (token !== undefined) idByToken.delete(token.token);
    return tokens.delete(id);
  };

  return {
    createClient: (input, by) => {
      if (clients.list().some((client) => client.identifier === input.identifier)) {
        return invalid('identifier', 'Identifier: has already been taken', 'DuplicateValue');
      }
      const at = core.stamp(by);
      const client: OAuthClient = {
        id: core.nextId(),
        identifier: input.identifier,
        name: input.name ?? input.identifier,
        secret: input.secret ?? core.secret(32),
        user_id: input.user_id,
        scopes: input.scopes ?? [],
        created_at: at,
        updated_at: at,
      };
      return ok(clients.add(client, by));
    },
    findClient: (identifier) => clients.list().find((client) => client.identifier === identifier),
    clients: clients.list,
    issueToken,
    findLiveToken: (secret) => {
      const token = tokens.get(idByToken.get(secret) ?? -1);
      if (token === undefined || token.expires_at <= core.clock.now()) return undefined;
      const used = { ...token, used_at: isoSeconds(core.clock.now()) };
      tokens.set(used.id, used);
      return used;
    },
    findToken: (id) => tokens.get(id),
    refresh: (refreshToken) => {
      const old = [...tokens.values()].find((token) => token.refresh_token === refreshToken);
      const client = clients.find(old?.client_id ?? -1);
      if (old === undefined || client === undefined) return undefined;
      revoke(old.id);
      if ((old.refresh_token_expires_at ?? 0) <= core.clock.now()) return undefined;
      return issueToken({ client, scopes: old.scopes, userId: old.user_id, withRefresh: true });
    },
    revoke,
    tokens: () => [...tokens.values()],
    addApiToken: (token) => {
      apiTokens.add(token);
    },
    acceptsApiToken: (token) => apiTokens.has(token) && core.clock.now() < API_TOKENS_END_AT,
  };
}
