// Calls the account's REST API for an app with the agent's own rights.
import { type Request, type RequestHandler, Router } from 'express';
import type { OAuthToken } from '../../account/access.ts';
import type { Account } from '../../account/account.ts';
import { expectOk } from '../../account/result.ts';
import type { User } from '../../account/types.ts';
import { agentOf } from './session.ts';

const PREFIX = '/agent/apps/rest';
const CLIENT = 'agent_workspace';
const LIFE_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;

/**
 * `/agent/apps/rest/api/v2/...` becomes `/api/v2/...` with a token of the agent whom the cookie names, and goes on to the router
 * behind this one, which knows permissions, limits and faults. Nobody signed in: 401, as an expired session at Zendesk.
 */
export function restAsAgent(account: Account): Router {
  const tokens = new Map<number, OAuthToken>();
  const tokenOf = (agent: User): string => {
    const known = tokens.get(agent.id);
    const token =
      known !== undefined && known.expires_at > account.clock.now() + MINUTE_MS ? known : issue(account, agent);
    tokens.set(agent.id, token);
    return token.token;
  };
  const router = Router();
  const pass: RequestHandler = (request, response, next) => {
    const agent = agentOf(account, request);
    if (agent === undefined) {
      response.status(401).json({ error: "Couldn't authenticate you" });
      return;
    }
    rewrite(request);
    request.headers.authorization = `Bearer ${tokenOf(agent)}`;
    next('router');
  };
  router.use((request, response, next) => {
    if (request.originalUrl.startsWith(`${PREFIX}/api/`)) void pass(request, response, next);
    else next();
  });
  return router;
}

/** Links in the answer are made of the original address. */
function rewrite(request: Request) {
  request.url = request.url.replace(PREFIX, '');
  request.originalUrl = request.originalUrl.replace(PREFIX, '');
}

/** Created for the first app's call, so that accounts without apps have no such client. */
function issue(account: Account, agent: User): OAuthToken {
  const client =
    account.oauth.findClient(CLIENT) ??
    expectOk(
      account.oauth.createClient(
        { identifier: CLIENT, name: 'Agent workspace', user_id: account.ownerId },
        { id: account.ownerId },
      ),
    );
  return account.oauth.issueToken({ client, scopes: ['read', 'write'], userId: agent.id, lifeMs: LIFE_MS });
}
