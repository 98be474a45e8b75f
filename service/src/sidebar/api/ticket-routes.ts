// Answers the sidebar's calls about one ticket: its card, and what agents do.
import type { RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { aboutError } from '../../platform/errors/about-error.ts';
import { withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { type AgentAction, type OnTicket, type Refused, refuse } from '../actions/action.ts';
import { auditAction } from '../actions/perform-action.ts';
import { type FoundTicket, readTicket } from '../card/read-ticket.ts';
import type { ApiDeps } from './api-deps.ts';
import {
  callerOf,
  findVisibleTicket,
  HIDDEN,
  judgeVisibility,
  onTicketShape,
  type SeenAnswer,
  sendRefusal,
} from './require-agent.ts';
import type { TicketCall } from './ticket-call.ts';
import type { Viewers } from './viewers.ts';

interface TicketRoutes {
  showCard: RequestHandler;
  view: RequestHandler;
  perform: (action: AgentAction) => RequestHandler;
  answer: (call: TicketCall) => RequestHandler;
}

const NO_TICKET = 'The address contains no ticket number.';
const NOT_YET = 'Deskwright has not received this ticket yet. It appears here as soon as it is decided.';

/** Every route first checks whether the agent may see the ticket, before it reveals anything about it. */
export function ticketRoutes(deps: ApiDeps, viewers: Viewers, maxWaitMs: number): TicketRoutes {
  /** Null: the agent may see the ticket. */
  async function whyHidden(seen: SeenAnswer): Promise<Refused | null> {
    switch (seen.kind) {
      case 'hidden':
        return refuse('forbidden', HIDDEN);
      case 'not_there':
        return refuse('not_found', 'There is no such ticket in Zendesk.');
      case 'seen_in_zendesk':
        // If the ticket is added after this call, the live stream shows it.
        await withTimeLimit(deps.addTicket(seen.ticket).then(announce), maxWaitMs);
        return null;
      case 'seen':
        return null;
    }
  }

  async function answerCard(response: Response, on: OnTicket, status: number, found?: FoundTicket): Promise<void> {
    const card = await deps.readCard(on, found);
    if (!card) return sendRefusal(response, 'not_found', NOT_YET);
    response.status(status).json(card);
  }

  async function announce(): Promise<void> {
    try {
      await deps.onAct();
    } catch (error) {
      deps.logger.warn(aboutError(error), 'Could not enqueue the effects of a sidebar call; the sweep will');
    }
  }

  return {
    showCard: async (request, response) => {
      const params = onTicketShape.safeParse(request.params);
      if (!params.success) return sendRefusal(response, 'bad_request', NO_TICKET);
      const on = { ticketId: params.data.id, agent: callerOf(response).agent };
      const found = await readTicket(deps.db, on.ticketId);
      const hidden = await whyHidden(await judgeVisibility(deps, on, found?.ticket ?? null, maxWaitMs));
      if (hidden) return sendRefused(response, hidden);
      await answerCard(response, on, 200, found ?? undefined);
    },
    view: async (request, response) => {
      const params = onTicketShape.safeParse(request.params);
      if (!params.success) return sendRefusal(response, 'bad_request', NO_TICKET);
      const on = { ticketId: params.data.id, agent: callerOf(response).agent };
      const hidden = await whyHidden(await findVisibleTicket(deps, on, maxWaitMs));
      if (hidden) return sendRefused(response, hidden);
      await viewers.seen(on);
      response.status(204).end();
    },
    perform: (action) => async (request, response) => {
      const ticket = onTicketShape.safeParse(request.params);
      const params = action.params?.safeParse(request.params);
      if (!ticket.success || params?.success === false) return sendRefusal(response, 'bad_request', NO_TICKET);
      const on = { ticketId: ticket.data.id, agent: callerOf(response).agent };
      const hidden = await whyHidden(await findVisibleTicket(deps, on, maxWaitMs));
      const body = hidden ? undefined : action.body?.safeParse(request.body);
      const refused = hidden ?? (body?.success === false ? refuseBody(body.error) : null);
      if (refused) {
        auditAction(deps.logger, action, on, refused);
        return sendRefused(response, refused);
      }
      const result = await deps.performAction(action, on, { ...params?.data, ...body?.data });
      if (result.kind === 'refused') return sendRefused(response, result);
      await announce();
      await answerCard(response, on, action.status ?? 200);
    },
    answer: (call) => async (request, response) => {
      const ticket = onTicketShape.safeParse(request.params);
      const params = call.params?.safeParse(request.params);
      if (!ticket.success || params?.success === false) return sendRefusal(response, 'bad_request', NO_TICKET);
      const { agent } = callerOf(response);
      const on = { ticketId: ticket.data.id, agent };
      const found = await readTicket(deps.db, on.ticketId);
      const answerIt = async () => {
        const hidden = await whyHidden(await judgeVisibility(deps, on, found?.ticket ?? null, maxWaitMs));
        if (hidden) return hidden;
        if (!found) return refuse('not_found', NOT_YET);
        const body = call.body?.safeParse(request.body);
        if (body?.success === false) return refuseBody(body.error);
        return call.answer({ ...found, agent }, { ...params?.data, ...body?.data });
      };
      const result = await answerIt();
      if (result.kind === 'answer') return void response.json(result.body);
      const refusal = result.refusal.error;
      deps.logger.info(
        { call: call.name, ticketId: on.ticketId, agentId: agent.id, refusal },
        "An agent's call was refused",
      );
      sendRefused(response, result);
    },
  };
}

function sendRefused(response: Response, { status, refusal }: Refused): void {
  response.status(status).json(refusal);
}

/** Names the field, never its content. */
function refuseBody(error: z.ZodError): Refused {
  const where = error.issues[0]?.path.join('.');
  return refuse('bad_request', where ? `"${where}" is not valid.` : 'The body is not valid.');
}
