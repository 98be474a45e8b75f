// Which addresses make up the agent workspace?
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Account } from '../../account/account.ts';
import type { Ticket, User } from '../../account/types.ts';
import { findStaff } from '../../acts/agent-acts.ts';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import { sameOrigin } from '../same-origin.ts';
import { refusalText, saveTicket, ticketFormSchema } from './save-ticket.ts';
import { type TicketPageState, ticketPage } from './ticket-page.ts';
import { viewsFor } from './view-nav.ts';
import { viewPage } from './view-page.ts';
import { whoPage } from './who-page.ts';

const COOKIE = 'local_zendesk_agent';
const whoForm = z.object({ id: z.string() });
const query = z.object({
  page: z.coerce.number().int().positive().catch(1),
  view: z.coerce.number().int().optional().catch(undefined),
  saved: z.string().optional(),
  still: z.string().optional(),
});

/** `/agent`, `/agent/who`, `/agent/views/:id`, `/agent/tickets/:id`. */
export function agentRouter(account: Account): Router {
  const router = Router();
  router.use('/agent', sameOrigin, express.urlencoded({ extended: false, limit: '200kb' }));

  router.get('/agent/who', (_request, response) => void response.send(whoPage(account)));
  router.post('/agent/who', (request, response) => {
    const agent = findStaff(account, whoForm.safeParse(request.body).data?.id ?? '');
    if (agent !== undefined) response.cookie(COOKIE, String(agent.id), { httpOnly: true, sameSite: 'lax' });
    response.redirect(303, agent === undefined ? '/agent/who' : '/agent');
  });
  router.get('/agent', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const [first] = viewsFor(account, agent);
    if (first === undefined) missing(response, 'There is no view yet. Make one by the API.');
    else response.redirect(303, `/agent/views/${first.id}`);
  });
  router.get('/agent/views/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const { page, still } = query.parse(request.query);
    const view = viewsFor(account, agent).find(({ id }) => id === Number(request.params.id));
    if (view === undefined) missing(response, 'There is no such view, or it is not for you.');
    else response.send(viewPage(account, agent, view, { page, still: still !== undefined }));
  });
  router.get('/agent/tickets/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const ticket = account.tickets.find(Number(request.params.id));
    const { view, saved } = query.parse(request.query);
    if (ticket === undefined) missing(response, 'There is no such ticket. It may have been deleted.');
    else response.send(ticketPage(account, agent, ticket, { viewId: view, saved: saved !== undefined }));
  });
  router.post('/agent/tickets/:id', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const ticket = account.tickets.find(Number(request.params.id));
    if (ticket === undefined) missing(response, 'There is no such ticket. It may have been deleted.');
    else save(account, agent, ticket, request, response);
  });
  return router;
}

function save(account: Account, agent: User, ticket: Ticket, request: Request, response: Response) {
  const form = ticketFormSchema.safeParse(request.body);
  const refuse = (state: TicketPageState) => void response.status(422).send(ticketPage(account, agent, ticket, state));
  if (!form.success) {
    refuse({
      problem: `The form was not complete: ${form.error.issues.map(({ path }) => path.join('.')).join(', ')}.`,
    });
    return;
  }
  const result = saveTicket(account, agent, ticket, form.data);
  if (result.ok) response.redirect(303, `/agent/tickets/${ticket.id}?saved=1`);
  else refuse({ problem: refusalText(result.refusal), draft: form.data.comment });
}

/** The agent of the cookie; or null, and the browser is on its way to the choice. */
function signedIn(account: Account, request: Request, response: Response): User | null {
  const cookie = new RegExp(`(?:^|; )${COOKIE}=(\\d+)`).exec(request.headers.cookie ?? '')?.[1];
  const agent = cookie === undefined ? undefined : findStaff(account, cookie);
  if (agent === undefined) response.redirect(303, '/agent/who');
  return agent ?? null;
}

function missing(response: Response, text: string) {
  const body = html`<h1>Nothing here</h1><p>${text}</p><p><a href="/agent">Agent workspace</a></p>`;
  response.status(404).send(layout({ title: 'Nothing here', section: 'agent', body }));
}
