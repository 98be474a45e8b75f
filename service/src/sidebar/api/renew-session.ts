// Renews a page's access token.
import type { RequestHandler } from 'express';
import type { ApiDeps } from './api-deps.ts';
import { renewShape } from './request-shapes.ts';
import { sendRefusal } from './send-refusal.ts';
import { WHY_NO_AGENT, ZENDESK_AWAY } from './why-no-agent.ts';

/** Who was suspended more than two minutes ago gets no further token. */
export function renewSession({ sessions, findAgent }: Pick<ApiDeps, 'sessions' | 'findAgent'>): RequestHandler {
  return async (request, response) => {
    const body = renewShape.safeParse(request.body);
    if (!body.success) return sendRefusal(response, 'bad_request', '"renewal" is not what it should be.');
    const { renewal } = body.data;
    const read = await sessions.readRenewal(renewal);
    if (read.kind === 'refused') {
      if (read.reason === 'expired')
        return sendRefusal(response, 'token_expired', 'The sign-in has ended. Open the ticket in Zendesk anew.');
      return sendRefusal(response, 'token_invalid', 'This is no renewal of ours. Open the ticket in Zendesk anew.');
    }
    const found = await findAgent(read.agentId);
    if (found.kind === 'away') return sendRefusal(response, 'unavailable', ZENDESK_AWAY);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    response.json(await sessions.renew(found.agent, renewal));
  };
}
