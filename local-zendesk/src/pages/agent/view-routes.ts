// Routes for showing and playing views.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { View } from '../../account/rules.ts';
import type { User } from '../../account/types.ts';
import { refreshOf } from '../page-parts.ts';
import type { GuidedMode } from './guided-mode.ts';
import { findTicket } from './seen-by-agent.ts';
import { sendMissing, sendWorkspace, type WorkspaceDeps } from './send-workspace.ts';
import { keepZcli, signedIn } from './session.ts';
import { viewsFor } from './view-nav.ts';
import { viewPage } from './view-page.ts';

const query = z.object({
  page: z.coerce.number().int().positive().catch(1),
  view: z.coerce.number().int().optional().catch(undefined),
  still: z.string().optional(),
  start: z.string().optional(),
  played: z.string().optional(),
});
const skipForm = z.object({ reason: z.string().max(500) });

/** `/agent`, `/agent/views/:id`, `/agent/play?view=ID`, `POST /agent/tickets/:id/skip?view=ID`. */
export function viewRoutes(deps: WorkspaceDeps, guided: GuidedMode): Router {
  const { account } = deps;
  const router = Router();
  const viewOf = (agent: User, id: unknown): View | undefined =>
    viewsFor(account, agent).find((view) => view.id === Number(id));
  const noView = (request: Request, response: Response, agent: User) =>
    sendMissing(deps, request, response, agent, 'There is no such view, or it is not for you.');

  router.get('/agent', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const [first] = viewsFor(account, agent);
    if (first === undefined) sendMissing(deps, request, response, agent, 'There is no view yet. Make one by the API.');
    else response.redirect(303, keepZcli(request, `/agent/views/${first.id}`));
  });
  router.get('/agent/views/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const view = viewOf(agent, request.params.id);
    if (view === undefined) return noView(request, response, agent);
    const { page, still, played } = query.parse(request.query);
    const note = played === undefined ? undefined : 'No more tickets for you in this view.';
    const isStill = still !== undefined || note !== undefined;
    sendWorkspace(deps, request, response, agent, {
      title: view.title,
      at: 'views',
      refreshS: refreshOf(isStill),
      body: viewPage(account, agent, view, { page, still: isStill, note }),
    });
  });
  router.get('/agent/play', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const { view: viewId, start } = query.parse(request.query);
    const view = viewOf(agent, viewId);
    if (view === undefined) return noView(request, response, agent);
    if (start !== undefined) guided.start(agent, view);
    const ticket = guided.next(agent, view);
    const path =
      ticket === undefined ? `/agent/views/${view.id}?played=1` : `/agent/tickets/${ticket.id}?view=${view.id}&play=1`;
    response.redirect(303, keepZcli(request, path));
  });
  router.post('/agent/tickets/:id/skip', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const { view } = query.parse(request.query);
    const ticket_id = Number(request.params.id);
    const reason = skipForm.safeParse(request.body).data?.reason ?? '';
    if (findTicket(account, agent, ticket_id) === undefined) {
      sendMissing(deps, request, response, agent, 'There is no such ticket, or it is not for you.');
      return;
    }
    const skip = account.skips.record({ ticket_id, reason }, { id: agent.id, channel: 'web' });
    if (skip.ok) response.redirect(303, keepZcli(request, `/agent/play?view=${view}`));
    else response.redirect(303, keepZcli(request, `/agent/tickets/${ticket_id}?view=${view}&play=1&unskipped=1`));
  });
  return router;
}
