// Lets an admin or a test control the local Zendesk.
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Account } from '../account/account.ts';
import type { Refusal, Result } from '../account/result.ts';
import type { User } from '../account/types.ts';
import { findStaff, performAgentAction } from '../actions/agent-actions.ts';
import { agentSays, customerOpensConversation, customerSays, machineSays } from '../actions/conversation-actions.ts';
import { customerOpensTicket, customerWritesAgain, mailProgramAnswers } from '../actions/customer-actions.ts';
import type { Apps } from '../apps/create-apps.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { sameOrigin } from '../pages/same-origin.ts';
import type { LocalStripe } from '../stripe/local-stripe.ts';
import type { Trickle } from '../trickle/trickle.ts';
import type { WebhookSender } from '../webhooks/webhook-sender.ts';
import * as requests from './control-requests.ts';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
// A page on evil.test whose name is made to point at 127.0.0.1 still says "evil.test" in its Host header.
const LOCAL_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** 403 for every other machine, even when the server listens for all. */
const onlyThisMachine: RequestHandler = (request, response, next) => {
  const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOCAL_NAME.test(request.headers.host ?? '');
  if (isLocal) next();
  else response.status(403).json({ error: 'Forbidden', description: 'The control API answers on this machine only.' });
};

export interface ControlDeps {
  account: Account;
  /** Installed apps, which the agent workspace frames. */
  apps: Apps;
  clock: Clock;
  faults: Faults;
  mailbox: Mailbox;
  sender: WebhookSender;
  /** The Stripe stand-in, which has requests of its own below `/control/stripe`. */
  stripe: LocalStripe;
  trickle: Trickle;
}

/** JSON under `/control`. Every write answers with what it made, or with the whole state. */
export function controlRouter(deps: ControlDeps): Router {
  const { account, apps, clock, faults, mailbox, trickle } = deps;
  const router = Router();
  router.use('/control', onlyThisMachine, sameOrigin, express.json());
  router.use(deps.stripe.control);

  const showState = (_request: Request, response: Response) => void response.json(stateOf(deps));
  router.get('/control', showState);
  router.post('/control/clock', (request, response) => {
    const given = read(requests.clockRequest, request, response);
    if (given === null) return;
    clock.advance(given.advance);
    showState(request, response);
  });
  router.post('/control/automations', (_request, response) => {
    response.json({ tickets: account.tickets.runAutomations().map(({ id }) => id) });
  });
  router.post('/control/trickle', (request, response) => {
    const given = read(requests.trickleRequest, request, response);
    if (given === null) return;
    trickle.set({
      ...(given.ticket_every === undefined ? {} : { ticketEveryMs: given.ticket_every }),
      ...(given.solve_every === undefined ? {} : { solveEveryMs: given.solve_every }),
      ...(given.answer_every === undefined ? {} : { answerEveryMs: given.answer_every }),
    });
    if (given.on === true) trickle.start();
    if (given.on === false) trickle.stop();
    showState(request, response);
  });
  router.post('/control/faults/webhooks', (request, response) => {
    const given = read(requests.webhookFaultsRequest, request, response);
    if (given === null) return;
    const { throttle, ...rest } = given;
    faults.webhooks.set({ ...rest, ...(throttle && { throttle: { ...throttle, for_ms: throttle.for } }) });
    showState(request, response);
  });
  router.post('/control/faults/rest', (request, response) => {
    const given = read(requests.restFaultRequest, request, response);
    if (given === null) return;
    const { for: for_ms, ...rule } = given;
    response.status(201).json({ rule: faults.rest.add({ ...rule, for_ms }) });
  });
  router.delete('/control/faults/rest/:id', (request, response) => {
    response.status(faults.rest.remove(Number(request.params.id)) ? 204 : 404).end();
  });
  router.delete('/control/faults', (request, response) => {
    faults.reset();
    deps.stripe.faults.reset();
    showState(request, response);
  });
  router.get('/control/mail', (request, response) => {
    const { to } = request.query;
    response.json({ mails: mailbox.list({ to: typeof to === 'string' ? to : undefined }) });
  });
  router.delete('/control/mail', (_request, response) => {
    mailbox.clear();
    response.status(204).end();
  });
  router.post('/control/apps/:id/rotate_key', async (request, response) => {
    const rotated = await apps.rotateKey(Number(request.params.id));
    if (rotated.ok) response.status(204).end();
    else refuse(response, 404, `There is no app ${request.params.id}.`);
  });
  router.post('/control/tickets', (request, response) => {
    const given = read(requests.newTicketRequest, request, response);
    if (given !== null) answer(customerOpensTicket(account, given), response, 201);
  });
  router.post('/control/tickets/:id/customer', (request, response) => {
    const given = read(requests.customerRequest, request, response);
    if (given === null) return;
    const id = Number(request.params.id);
    const written =
      'message' in given
        ? customerWritesAgain(account, id, given.message)
        : mailProgramAnswers(account, id, given.automatic, given.recovered);
    answer(written, response);
  });
  router.post('/control/tickets/:id/agent', (request, response) => {
    const given = read(requests.agentRequest, request, response);
    if (given === null) return;
    const agent = staff(given.as, response);
    if (agent === null) return;
    const { do: act, message, public: isPublic } = given;
    answer(performAgentAction(account, Number(request.params.id), agent, { act, message, public: isPublic }), response);
  });
  router.post('/control/conversations', (request, response) => {
    const given = read(requests.conversationRequest, request, response);
    if (given !== null) answer(customerOpensConversation(account, given), response, 201);
  });
  router.post('/control/conversations/:id/messages', (request, response) => {
    const given = read(requests.messageRequest, request, response);
    if (given === null) return;
    const id = Number(request.params.id);
    const { from, message } = given;
    if (from === 'customer') return answer(customerSays(account, id, message), response, 201);
    if (from === 'bot' || from === 'trigger') return answer(machineSays(account, id, from, message), response, 201);
    const agent = staff(from, response);
    if (agent !== null) answer(agentSays(account, id, agent, message), response, 201);
  });

  function staff(who: string | number, response: Response): User | null {
    const found = findStaff(account, who);
    if (found) return found;
    refuse(response, 422, `There is no agent "${who}"; give an agent's e-mail address or id.`);
    return null;
  }
  return router;
}

function stateOf({ account, clock, faults, mailbox, sender, trickle }: ControlDeps) {
  return {
    clock: { now: new Date(clock.now()).toISOString(), ahead_ms: clock.ahead() },
    tickets: account.tickets.count(),
    mails: mailbox.list().length,
    webhooks: { subscribed: sender.hasSubscriber(), unfinished: sender.unfinished() },
    faults: faults.state(),
    trickle: trickle.state(),
  };
}

/** The parsed body; or null, and the response says with 400 what is wrong where. */
function read<T>(schema: z.ZodType<T>, request: Request, response: Response): T | null {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  refuse(response, 400, problems.join('; '));
  return null;
}

function answer(result: Result<{ ticket: unknown }>, response: Response, status = 200) {
  if (result.ok) response.status(status).json({ ticket: result.value.ticket });
  else refuse(response, statusOf(result.refusal), JSON.stringify(result.refusal));
}

function refuse(response: Response, status: number, description: string) {
  response.status(status).json({ error: 'ControlRefused', description });
}

function statusOf(refusal: Refusal): number {
  return refusal.kind === 'not_found' ? 404 : 422;
}
