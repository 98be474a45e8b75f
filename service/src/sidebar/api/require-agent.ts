// Requires an agent's access token for each call, and renews it.
import type { RequestHandler, Response } from 'express';
import type { Agent } from '../identity/agent.ts';
import type { NoAgentReason } from '../identity/agent-from-zendesk.ts';
import type { ApiDeps } from './api-deps.ts';
import { renewShape, sendRefusal } from './requests.ts';

export interface Caller {
  agent: Agent;
  /** Epoch milliseconds at which the access token expires. */
  expiresAt: number;
}

/** Requires a valid access token of a current agent; `callerOf` returns the agent to handlers. */
export function requireAgent({ sessions, findAgent }: Pick<ApiDeps, 'sessions' | 'findAgent'>): RequestHandler {
  return async (request, response, next) => {
    const token = /^Bearer +([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return sendRefusal(response, 'token_missing', 'An access token is required: Authorization: Bearer …');
    const read = await sessions.readAccess(token);
    if (read.kind === 'refused') {
      if (read.reason === 'expired') return sendRefusal(response, 'token_expired', 'The access token has expired.');
      return sendRefusal(response, 'token_invalid', 'The access token is not valid.');
    }
    const found = await findAgent(read.agentId);
    if (found.kind === 'unavailable') return sendRefusal(response, 'unavailable', ZENDESK_AWAY);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    const caller: Caller = { agent: found.agent, expiresAt: read.expiresAt };
    response.locals.caller = caller;
    next();
  };
}

export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

/** An agent who was suspended more than two minutes ago gets no new token. */
export function renewSession({ sessions, findAgent }: Pick<ApiDeps, 'sessions' | 'findAgent'>): RequestHandler {
  return async (request, response) => {
    const body = renewShape.safeParse(request.body);
    if (!body.success) return sendRefusal(response, 'bad_request', '"renewal" is not valid.');
    const { renewal } = body.data;
    const read = await sessions.readRenewal(renewal);
    if (read.kind === 'refused') {
      if (read.reason === 'expired')
        return sendRefusal(response, 'token_expired', 'The sign-in has expired. Open the ticket in Zendesk again.');
      return sendRefusal(
        response,
        'token_invalid',
        'The renewal token is not valid. Open the ticket in Zendesk again.',
      );
    }
    const found = await findAgent(read.agentId);
    if (found.kind === 'unavailable') return sendRefusal(response, 'unavailable', ZENDESK_AWAY);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    response.json(await sessions.renew(found.agent, renewal));
  };
}

const WHY_NO_AGENT: Readonly<Record<NoAgentReason, string>> = {
  unknown: 'There is no such user in Zendesk any more.',
  end_user: 'Your Zendesk account is a customer’s, not an agent’s. An admin can change your role in Zendesk.',
  suspended: 'Your Zendesk account is suspended. An admin can unsuspend it in Zendesk.',
};

const ZENDESK_AWAY =
  'Zendesk does not answer, so Deskwright cannot check which tickets you may see. Try again in a moment.';
