// What can an agent read and do about one ticket?
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { aboutError } from '../../platform/errors/about-error.ts';
import { withinPatience } from '../../zendesk/within-patience.ts';
import type { ActResult } from '../actions/act-result.ts';
import type { ApiDeps, OnTicket } from './api-deps.ts';
import { findSeenTicket, HIDDEN } from './find-seen-ticket.ts';
import {
  correctCategoryShape,
  escalateShape,
  onCorrectionShape,
  onStepShape,
  onTicketShape,
  tickStepShape,
} from './request-shapes.ts';
import { callerOf } from './require-agent.ts';
import { sendRefusal } from './send-refusal.ts';

interface TicketRoutes {
  showCard: RequestHandler;
  correctCategory: RequestHandler;
  undoCorrection: RequestHandler;
  tickStep: RequestHandler;
  escalate: RequestHandler;
}

const NOT_THERE = 'There is no such ticket in Zendesk.';
const NOT_YET = 'Deskwright has not heard of this ticket yet. It shows here as soon as it is decided.';

/** Every route says first whether the agent may see the ticket; nothing about it is told before. */
export function ticketRoutes(deps: ApiDeps, patienceMs: number): TicketRoutes {
  /** The agent and the ticket, or null after a refusal was sent. */
  async function enter(response: Response, ticketId: number): Promise<OnTicket | null> {
    const on = { ticketId, agent: callerOf(response).agent };
    const seen = await findSeenTicket(deps, on, patienceMs);
    switch (seen.kind) {
      case 'hidden':
        sendRefusal(response, 'forbidden', HIDDEN);
        return null;
      case 'not_there':
        sendRefusal(response, 'not_found', NOT_THERE);
        return null;
      case 'seen_in_zendesk':
        // Learnt later than the call waits for, the ticket shows by the live stream.
        await withinPatience(deps.learnTicket(seen.ticket).then(announce), patienceMs);
        return on;
      case 'seen':
        return on;
    }
  }

  async function answerCard(response: Response, on: OnTicket, status: number): Promise<void> {
    const card = await deps.readCard(on);
    if (!card) return sendRefusal(response, 'not_found', NOT_YET);
    response.status(status).json(card);
  }

  /** An act: read what was sent, see whether the agent may, do it, and show the card as it is then. */
  function act<Params extends { id: number }, Body>(
    shapes: { params: z.ZodType<Params>; body: z.ZodType<Body> | null },
    run: (on: OnTicket, params: Params, body: Body) => Promise<ActResult>,
    status = 200,
  ): RequestHandler {
    return async (request: Request, response: Response) => {
      const params = shapes.params.safeParse(request.params);
      if (!params.success) return sendRefusal(response, 'bad_request', 'The address names no ticket.');
      const on = await enter(response, params.data.id);
      if (!on) return;
      const body = shapes.body?.safeParse(request.body);
      if (body && !body.success) return sendRefusal(response, 'bad_request', whatIsWrong(body.error));
      const result = await run(on, params.data, body?.data as Body);
      if (result.kind === 'refused') return void response.status(result.status).json(result.refusal);
      await announce();
      await answerCard(response, on, status);
    };
  }

  async function announce(): Promise<void> {
    try {
      await deps.onAct();
    } catch (error) {
      deps.logger.warn(aboutError(error), 'The queue could not be told of what the sidebar brought');
    }
  }

  const { acts } = deps;
  return {
    showCard: async (request, response) => {
      const params = onTicketShape.safeParse(request.params);
      if (!params.success) return sendRefusal(response, 'bad_request', 'The address names no ticket.');
      const on = await enter(response, params.data.id);
      if (on) await answerCard(response, on, 200);
    },
    correctCategory: act({ params: onTicketShape, body: correctCategoryShape }, (on, _params, { from, category }) =>
      acts.correctCategory({ ...on, from, category }),
    ),
    undoCorrection: act({ params: onCorrectionShape, body: null }, (on, { correctionId }) =>
      acts.undoCorrection({ ...on, correctionId }),
    ),
    tickStep: act({ params: onStepShape, body: tickStepShape }, (on, { stepId }, { done }) =>
      acts.tickStep({ ...on, stepId, done }),
    ),
    escalate: act(
      { params: onTicketShape, body: escalateShape },
      (on, _params, form) => acts.escalateTicket({ ...on, ...form }),
      201,
    ),
  };
}

/** Names the field, never what was in it. */
function whatIsWrong(error: z.ZodError): string {
  const where = error.issues[0]?.path.join('.');
  return where ? `"${where}" is not what it should be.` : 'The body is not what it should be.';
}
