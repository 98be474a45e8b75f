// Routes for OAuth clients and tokens.
import type { OAuthToken } from '../../account/access.ts';
import { clientBody, tokenBody } from '../bodies/access.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { idParam } from '../params.ts';
import { created, noContent, notFound, ok, replyTo } from '../replies.ts';
import { showClient, showToken } from '../shapes/access.ts';

const list = (call: Call): Reply =>
  paginate<OAuthToken>(call, {
    key: 'tokens',
    items: call.account.oauth.tokens(),
    idOf: (token) => token.id,
    show: (token) => showToken(call.url, token),
  });

const currentOf = (call: Call): OAuthToken | undefined => call.account.oauth.findToken(call.caller.tokenId ?? -1);

const showOne = (call: Call, token: OAuthToken | undefined): Reply =>
  token === undefined ? notFound() : ok({ token: showToken(call.url, token) });

/** Takes the client's number here (not its identifier) and `scopes` (plural, a list). */
function create(call: Call): Reply | Promise<Reply> {
  return withBody(call, tokenBody, ({ token: { client_id, scopes } }) => {
    const client = call.account.oauth.clients().find((one) => one.id === client_id);
    if (client === undefined) return notFound();
    const userId = call.caller.user?.id;
    const token = call.account.oauth.issueToken({ client, scopes, ...(userId !== undefined && { userId }) });
    return created({ token: showToken(call.url, token, true) });
  });
}

const revoke = (call: Call, id: number): Reply => (call.account.oauth.revoke(id) ? noContent() : notFound());

/** The secret is shown whole this once. */
function createClient(call: Call): Reply | Promise<Reply> {
  return withBody(call, clientBody, ({ client: { identifier, name, user_id } }) => {
    const input = { identifier, user_id: user_id ?? call.by.id, ...(name !== undefined && { name }) };
    return replyTo(call.account.oauth.createClient(input, call.by), (client) =>
      created({ client: { ...showClient(call.url, client), secret: client.secret } }),
    );
  });
}

const listClients = (call: Call): Reply =>
  paginate(call, {
    key: 'clients',
    items: call.account.oauth.clients(),
    idOf: (client) => client.id,
    show: (client) => showClient(call.url, client),
  });

/** Since 2026-10-27 no account makes API tokens any more. */
const API_TOKENS_MADE_UNTIL = Date.UTC(2026, 9, 27);

function createApiToken(call: Call): Reply {
  if (call.account.clock.now() >= API_TOKENS_MADE_UNTIL) {
    return {
      status: 403,
      body: { error: { title: 'Forbidden', message: 'API tokens can no longer be created. Use OAuth.' } },
    };
  }
  const token = `local-${call.account.oauth.tokens().length}-${call.account.clock.now().toString(36)}`;
  call.account.oauth.addApiToken(token);
  return created({ api_token: { token } });
}

const scope = 'global';
const role = 'admin';

export const oauthRoutes: readonly Route[] = [
  { method: 'get', path: '/oauth/tokens', scope, role, handle: list },
  { method: 'post', path: '/oauth/tokens', scope, role, handle: create },
  { method: 'get', path: '/oauth/tokens/current', scope: 'any', handle: (call) => showOne(call, currentOf(call)) },
  {
    method: 'delete',
    path: '/oauth/tokens/current',
    scope: 'any',
    handle: (call) => revoke(call, call.caller.tokenId ?? -1),
  },
  {
    method: 'get',
    path: '/oauth/tokens/:id',
    scope,
    role,
    handle: (call) => showOne(call, call.account.oauth.findToken(idParam(call))),
  },
  { method: 'delete', path: '/oauth/tokens/:id', scope, role, handle: (call) => revoke(call, idParam(call)) },
  { method: 'get', path: '/oauth/clients', scope, role, handle: listClients },
  { method: 'post', path: '/oauth/clients', scope, role, handle: createClient },
  { method: 'post', path: '/api_tokens', scope, role, handle: createApiToken },
];
