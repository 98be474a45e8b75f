// Finds who calls and which ticket they may see, and answers calls that are refused.
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { aboutError } from '../../platform/errors/about-error.ts';
import { requestFailureOf } from '../../platform/http/request-failure.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { tickets } from '../../tickets/index.ts';
import { answeredWithin } from '../../zendesk/with-time-limit.ts';
import type { ZendeskTicket } from '../../zendesk/zendesk.ts';
import { anId, type OnTicket } from '../actions/action.ts';
import { type Agent, maySee, type NoAgentReason, type SeenTicket } from '../identity/agent.ts';
import type { PageName } from '../page/app-build.ts';
import type { ApiDeps } from './api-deps.ts';

export const onTicketShape = z.object({ id: anId });
export const liveShape = z.object({ ticket: anId });
const renewShape = z.object({ renewal: z.string().min(1).max(4_000) });

/** `retryAfterS`: when to retry after `unavailable`, in seconds. */
export function sendRefusal(response: Response, error: RefusalCode, message: string, retryAfterS = 5): void {
  const refusal: ApiRefusal = { error, message };
  if (REFUSAL_STATUS[error] === 401) response.set('www-authenticate', 'Bearer');
  if (error === 'unavailable') response.set('retry-after', String(retryAfterS));
  response.status(REFUSAL_STATUS[error]).json(refusal);
}

/** Answers what a handler threw; `page`: whose call it was, for the log. */
export function answerFailures(logger: Pick<Logger, 'warn' | 'error'>, page: PageName): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const failure = requestFailureOf(error);
    if (failure.kind === 'bad_request') return sendRefusal(response, 'bad_request', 'The request could not be read.');
    const details = { ...aboutError(error), page, method: request.method, route: request.route?.path };
    if (failure.kind === 'unavailable') {
      logger.warn(details, 'A call of the app failed because something it needs is unavailable');
      return sendRefusal(response, 'unavailable', failure.message, failure.retryAfterS);
    }
    logger.error(details, 'A call of the app failed');
    sendRefusal(response, 'internal', 'Something went wrong on our side. The log has the details.');
  };
}

export interface Caller {
  agent: Agent;
  /** Epoch milliseconds at which the access token expires. */
  expiresAt: number;
}

type RequireAgentDeps = Pick<ApiDeps, 'sessions' | 'findAgent' | 'clock'> & {
  readonly logger: Pick<Logger, 'info' | 'warn'>;
};

/**
 * Requires a valid access token of a current agent; `callerOf` returns the agent to handlers. Logs whom it refuses, but for calls without a token
 * and those whose token has expired, which are usual.
 */
export function requireAgent({ sessions, findAgent, clock, logger }: RequireAgentDeps): RequestHandler {
  const logRefusal = createRefusalLog(logger, clock);
  return async (request, response, next) => {
    const refuse = (refusal: RefusalCode, message: string, about: object = {}): void => {
      const [, ticketId] = /^\/tickets\/(\d{1,16})\//.exec(request.path) ?? [];
      logRefusal({ method: request.method, ...(ticketId && { ticketId: Number(ticketId) }), ...about, refusal });
      sendRefusal(response, refusal, message);
    };
    const token = /^Bearer +([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!token) return sendRefusal(response, 'token_missing', 'An access token is required: Authorization: Bearer …');
    const read = await sessions.readAccess(token);
    if (read.kind === 'refused') {
      if (read.reason === 'expired') return sendRefusal(response, 'token_expired', 'The access token has expired.');
      return refuse('token_invalid', 'The access token is not valid.');
    }
    const { agentId } = read;
    const found = await findAgent(agentId);
    if (found.kind === 'unavailable') return sendRefusal(response, 'unavailable', ZENDESK_UNAVAILABLE);
    if (found.kind === 'refused') return refuse('forbidden', WHY_NO_AGENT[found.reason], { agentId });
    const caller: Caller = { agent: found.agent, expiresAt: read.expiresAt };
    response.locals.caller = caller;
    next();
  };
}

/** Anybody can send calls that are refused, and must not fill the log. */
const LOGGED_PER_MINUTE = 60;

function createRefusalLog(logger: Pick<Logger, 'info' | 'warn'>, clock: () => number): (about: object) => void {
  let minute = 0;
  let refused = 0;
  return (about) => {
    const now = Math.floor(clock() / 60_000);
    if (now !== minute) [minute, refused] = [now, 0];
    refused += 1;
    if (refused <= LOGGED_PER_MINUTE) logger.info(about, 'A call was refused before any action');
    else if (refused === LOGGED_PER_MINUTE + 1)
      logger.warn({}, 'Many calls are refused before any action; those of this minute are no longer logged one by one');
  };
}

export function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

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
    if (found.kind === 'unavailable') return sendRefusal(response, 'unavailable', ZENDESK_UNAVAILABLE);
    if (found.kind === 'refused') return sendRefusal(response, 'forbidden', WHY_NO_AGENT[found.reason]);
    response.json(await sessions.renew(found.agent, renewal));
  };
}

const WHY_NO_AGENT: Readonly<Record<NoAgentReason, string>> = {
  unknown: 'There is no such user in Zendesk any more.',
  end_user: 'Your Zendesk account is a customer’s, not an agent’s. An admin can change your role in Zendesk.',
  suspended: 'Your Zendesk account is suspended. An admin can unsuspend it in Zendesk.',
};

const ZENDESK_UNAVAILABLE =
  'Zendesk does not answer, so Deskwright cannot check which tickets you may see. Try again in a moment.';

export type SeenAnswer =
  | { kind: 'seen' }
  /** Zendesk shows it to the agent, but the projection does not have it. */
  | { kind: 'seen_in_zendesk'; ticket: ZendeskTicket }
  /** Also if there is no such ticket: agents with restricted access must not learn which exist. */
  | { kind: 'hidden' }
  | { kind: 'not_there' };

export const HIDDEN = 'Zendesk does not show you this ticket.';

/**
 * Checked with the projection; Zendesk is called only for an unknown ticket. Throws `ZendeskError`, also when Zendesk
 * takes longer than `maxWaitMs`.
 */
export async function findVisibleTicket(
  { db, zendesk }: Pick<ApiDeps, 'db' | 'zendesk'>,
  on: OnTicket,
  maxWaitMs: number,
): Promise<SeenAnswer> {
  const { groupId, assigneeId, organizationId, requesterId } = tickets;
  const [row] = await db
    .select({ groupId, assigneeId, organizationId, requesterId })
    .from(tickets)
    .where(eq(tickets.id, on.ticketId));
  return judgeVisibility({ zendesk }, on, row ?? null, maxWaitMs);
}

/** As `findVisibleTicket`, where the ticket has been read from the projection. Null: it is not there. */
export async function judgeVisibility(
  { zendesk }: Pick<ApiDeps, 'zendesk'>,
  { ticketId, agent }: OnTicket,
  row: SeenTicket | null,
  maxWaitMs: number,
): Promise<SeenAnswer> {
  if (row) return maySee(agent, row) ? { kind: 'seen' } : { kind: 'hidden' };
  const ticket = await answeredWithin(zendesk.showTicket(ticketId), maxWaitMs);
  if (!ticket) return agent.sees === 'all' ? { kind: 'not_there' } : { kind: 'hidden' };
  const seen = maySee(agent, {
    groupId: ticket.group_id,
    assigneeId: ticket.assignee_id,
    organizationId: ticket.organization_id,
    requesterId: ticket.requester_id,
  });
  return seen ? { kind: 'seen_in_zendesk', ticket } : { kind: 'hidden' };
}
