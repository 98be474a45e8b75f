// Renews a page's access token.
import type { RequestHandler } from 'express';
import type { ApiDeps } from './api-deps.ts';
import { renewShape } from './request-shapes.ts';
import { sendRefusal } from './send-refusal.ts';
import { WHY_NO_AGENT, ZENDESK_AWAY } from './why-no-agent.ts';

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
    if (found.kind === 'away') return sendRefusal(response, 'unavailable', ZENDESK_AWAY);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    response.json(await sessions.renew(found.agent, renewal));
  };
}
