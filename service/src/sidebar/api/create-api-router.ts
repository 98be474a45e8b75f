// Routes the sidebar's API.

import type { Request, Response, Router } from 'express';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import { parseJson } from '../../platform/http/request-body.ts';
import { API_LIMITS, type ApiDeps } from './api-deps.ts';
import { aReply } from './check-reply.ts';
import { answerFailures, callerOf, renewSession, requireAgent, sendRefusal } from './require-agent.ts';
import { streamChanges } from './stream-changes.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { createViewers } from './viewers.ts';

/** A form with ten long fields, every character escaped. */
const BODY_LIMIT = 256 * 1024;

/** The routes of `@deskwright/shared/contract`, `api.ts`. Mount it at `/api`; every refusal is an `ApiRefusal`. */
export function createApiRouter(deps: ApiDeps): Router {
  const limits = { ...API_LIMITS, ...deps.limits };
  const busy = (_request: Request, response: Response) =>
    sendRefusal(response, 'too_many_requests', 'Too many calls in one minute; try again shortly.');
  const common = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false, handler: busy } as const;
  const json = parseJson(BODY_LIMIT);

  const router = express.Router({ caseSensitive: true });
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.post('/session', rateLimit({ ...common, identifier: 'ip', limit: limits.perIp }), json, renewSession(deps));

  router.use(requireAgent(deps));
  router.use(
    rateLimit({
      ...common,
      identifier: 'agent',
      limit: limits.perAgent,
      keyGenerator: (_request, response) => String(callerOf(response).agent.id),
    }),
  );
  const viewers = createViewers(deps, limits.viewedForMs);
  const ticket = ticketRoutes(deps, viewers, limits.maxWaitMs);
  router.get('/tickets/:id/card', ticket.showCard);
  for (const action of deps.actions)
    router[action.method](`/tickets/:id${action.path}`, ...(action.body ? [json] : []), ticket.perform(action));
  for (const call of deps.calls ?? [])
    router[call.method](`/tickets/:id${call.path}`, ...(call.body ? [json] : []), ticket.answer(call));
  router.put('/tickets/:id/viewing', ticket.view);
  router.get('/guidance', (_request, response) => {
    response.json(deps.newTicketGuidance(callerOf(response).agent));
  });
  router.post('/reply-check', json, (request: Request, response: Response) => {
    const reply = aReply.safeParse(request.body);
    if (!reply.success) return sendRefusal(response, 'bad_request', '"text" is not valid.');
    response.json(deps.checkReply(reply.data.text));
  });
  router.get('/live', streamChanges(deps, viewers, limits));

  router.use((_request, response) => sendRefusal(response, 'not_found', 'There is no page at this address.'));
  router.use(answerFailures(deps.logger, 'sidebar'));
  return router;
}
