// Identifies the agent of an API call.
import type { RequestHandler, Response } from 'express';
import type { Agent } from '../identity/agent.ts';
import type { ApiDeps } from './api-deps.ts';
import { sendRefusal } from './send-refusal.ts';
import { WHY_NO_AGENT, ZENDESK_AWAY } from './why-no-agent.ts';

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
    if (found.kind === 'away') return sendRefusal(response, 'unavailable', ZENDESK_AWAY);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    const caller: Caller = { agent: found.agent, expiresAt: read.expiresAt };
    response.locals.caller = caller;
    next();
  };
}

export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}
