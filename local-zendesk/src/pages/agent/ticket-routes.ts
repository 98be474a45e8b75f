// Routes for showing, changing and creating tickets.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Ticket, User } from '../../account/types.ts';
import { answer, refuse, said } from './answer-submit.ts';
import { newTicketFacts } from './new-ticket-facts.ts';
import { BLANK, type NewTicketState, newTicketPage } from './new-ticket-page.ts';
import { createFromForm, saveTicket } from './save-ticket.ts';
import { findTicket } from './seen-by-agent.ts';
import { sendMissing, sendWorkspace, type WorkspaceDeps } from './send-workspace.ts';
import { signedIn } from './session.ts';
import { customFieldsIn, newTicketFormSchema, ticketFormSchema, typedValues } from './ticket-form-schema.ts';
import { type TicketPageState, ticketPage } from './ticket-page.ts';
import { viewsFor } from './view-nav.ts';
import { zafTicket } from './zaf-shapes.ts';

const query = z.object({
  view: z.coerce.number().int().optional().catch(undefined),
  play: z.string().optional(),
  saved: z.string().optional(),
  unskipped: z.string().optional(),
});

/** `/agent/tickets/new` and `/agent/tickets/:id`. With `Accept: application/json` a submit answers in JSON for the page's script. */
export function ticketRoutes(deps: WorkspaceDeps): Router {
  const { account } = deps;
  const router = Router();
  const withTicket =
    (work: (request: Request, response: Response, agent: User, ticket: Ticket) => void) =>
    (request: Request, response: Response) => {
      const agent = signedIn(account, request, response);
      if (agent === null) return;
      const ticket = findTicket(account, agent, Number(request.params['id']));
      if (ticket === undefined)
        sendMissing(
          deps,
          request,
          response,
          agent,
          'There is no such ticket, or it is not for you. It may have been deleted.',
        );
      else work(request, response, agent, ticket);
    };
  const show = (request: Request, response: Response, agent: User, ticket: Ticket, state: TicketPageState) => {
    const { view, play } = query.parse(request.query);
    const shown = viewsFor(account, agent).find(({ id }) => id === view);
    sendWorkspace(deps, request, response, agent, {
      title: `#${ticket.id} ${ticket.subject}`,
      status: state.problem === undefined || request.method === 'GET' ? 200 : 422,
      at: 'views',
      locations: ['ticket_sidebar'],
      ticket: zafTicket(account, ticket),
      body: ticketPage(account, ticket, { ...state, view: shown, play: play !== undefined }),
    });
  };
  const showNew = (request: Request, response: Response, agent: User, state: NewTicketState) =>
    sendWorkspace(deps, request, response, agent, {
      title: 'New ticket',
      status: state.problem === undefined ? 200 : 422,
      at: 'new',
      locations: ['new_ticket_sidebar'],
      ticket: newTicketFacts(account),
      body: newTicketPage(account, state),
    });

  router.get('/agent/tickets/new', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent !== null) showNew(request, response, agent, BLANK);
  });
  router.post('/agent/tickets/new', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const form = newTicketFormSchema.safeParse(request.body);
    if (!form.success) {
      refuse(request, response, `The form is not valid: ${said(form.error)}`, (problem) =>
        showNew(request, response, agent, { ...BLANK, problem }),
      );
      return;
    }
    const fields = customFieldsIn(account, request.body);
    const result = createFromForm(account, agent, form.data, fields);
    const { comment, requester_email, requester_name } = form.data;
    answer(request, response, result, (problem) =>
      showNew(request, response, agent, {
        problem,
        values: typedValues(form.data, fields, ''),
        text: comment,
        isPublic: form.data.public === 'yes',
        email: requester_email,
        name: requester_name,
      }),
    );
  });
  router.get(
    '/agent/tickets/:id',
    withTicket((request, response, agent, ticket) => {
      const { saved, unskipped } = query.parse(request.query);
      const problem = unskipped === undefined ? {} : { problem: 'Say why you skip the ticket.' };
      show(request, response, agent, ticket, { saved: saved !== undefined, ...problem });
    }),
  );
  router.post(
    '/agent/tickets/:id',
    withTicket((request, response, agent, ticket) => {
      const form = ticketFormSchema.safeParse(request.body);
      if (!form.success) {
        refuse(request, response, `The form is not valid: ${said(form.error)}`, (problem) =>
          show(request, response, agent, ticket, { problem }),
        );
        return;
      }
      const fields = customFieldsIn(account, request.body);
      const { comment } = form.data;
      answer(request, response, saveTicket(account, agent, ticket, form.data, fields), (problem) => {
        const values = typedValues(form.data, fields, ticket.subject);
        show(request, response, agent, ticket, {
          problem,
          typed: { values, text: comment, isPublic: form.data.public === 'yes' },
        });
      });
    }),
  );
  return router;
}
