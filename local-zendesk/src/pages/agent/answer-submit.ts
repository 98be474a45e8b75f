// Answers the submit of a ticket, and describes to the agent why a change was refused.
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Refusal, Result } from '../../account/result.ts';
import type { TicketWrite } from '../../account/ticket-input.ts';
import { keepZcli } from './session.ts';

const query = z.object({ view: z.coerce.number().int().optional().catch(undefined), play: z.string().optional() });

export const said = (error: z.ZodError): string =>
  `${error.issues.map(({ path, message }) => `${path.join('.')} (${message})`).join(', ')}.`;

const wantsJson = (request: Request): boolean => request.get('accept') === 'application/json';

export function refuse(request: Request, response: Response, problem: string, show: (problem: string) => void) {
  if (wantsJson(request)) response.status(422).json({ problem });
  else show(problem);
}

/** What was saved leads on: to the next ticket of a played view, else to the ticket itself. */
export function answer(
  request: Request,
  response: Response,
  result: Result<TicketWrite>,
  show: (problem: string) => void,
): void {
  if (!result.ok) return refuse(request, response, refusalText(result.refusal), show);
  const { view, play } = query.parse(request.query);
  const { id } = result.value.ticket;
  const stay = `/agent/tickets/${id}?saved=1${view === undefined ? '' : `&view=${view}`}`;
  const next = keepZcli(request, play !== undefined && view !== undefined ? `/agent/play?view=${view}` : stay);
  if (wantsJson(request)) response.json({ ticketId: id, next, stays: play === undefined });
  else response.redirect(303, next);
}

/** Describes to the agent why a change was refused. */
function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'This ticket does not exist any more.';
    case 'forbidden':
    case 'bad_value':
      return refusal.message;
    case 'stale':
      return 'Somebody else changed this ticket meanwhile. Look at it again, then save.';
    case 'invalid':
      return Object.values(refusal.details)
        .flat()
        .map(({ description }) => description)
        .join(' ');
  }
}
