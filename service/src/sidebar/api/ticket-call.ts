// Declares a call about one ticket whose answer is not the card: each is one entry, written with `defineTicketCall`.
import type { z } from 'zod';
import type { Refused } from '../actions/action.ts';
import type { FoundTicket } from '../card/read-ticket.ts';
import type { Agent } from '../identity/agent.ts';

/** A call that changes nothing on the ticket; what changes it is an `AgentAction`. */
export interface TicketCall<Body extends object = object, Params extends object = object> {
  /** Names the call in the log. */
  readonly name: string;
  readonly method: 'get' | 'post';
  /** Below `/api/tickets/:id`, as Express writes paths: `/tools/:toolId`. */
  readonly path: string;
  /** The values in the path other than the ticket's id. */
  readonly params?: z.ZodType<Params>;
  readonly body?: z.ZodType<Body>;
  /** Called for a ticket that the agent may see. `input`: the values of path and body in one object. */
  answer(on: CalledOn, input: Body & Params): Promise<{ readonly kind: 'answer'; readonly body: object } | Refused>;
}

export interface CalledOn extends FoundTicket {
  readonly agent: Agent;
}

/** Infers the types of path and body for the function that receives them. */
export function defineTicketCall<Body extends object, Params extends object>(
  call: TicketCall<Body, Params>,
): TicketCall {
  return call;
}
