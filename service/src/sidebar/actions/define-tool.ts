// Defines an agent's tool: an action that changes something in another system, as a refund at the provider and a tool of the policy do.
import type { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import {
  type ActionContext,
  type ActionResult,
  type AgentAction,
  DONE,
  defineAction,
  type OnTicket,
  refuse,
} from './action.ts';

/** Whether the customer of a ticket proved who they are, and when that ends. */
export type IsVerified = (tx: Queryable, ticketId: number, now: Date) => Promise<boolean>;

/** What a form with this id did before. */
interface Sent {
  readonly ticketId: number;
  readonly agentId: number;
}

/**
 * What a form that may be sent again is answered. Done: the same agent asked for the same on the same ticket before. Null: it was not sent before.
 * @param sent what was recorded with the form's id
 */
export function answerRepeated<Row extends Sent>(
  sent: Row | undefined,
  { ticketId, agent }: OnTicket,
  isSame: (sent: Row) => boolean,
): ActionResult | null {
  if (!sent) return null;
  const isTheirs = sent.ticketId === ticketId && sent.agentId === agent.id;
  return isTheirs && isSame(sent) ? DONE : SENT_FOR_ANOTHER;
}

interface Asked {
  readonly requestId: string;
}

interface ToolContext extends ActionContext {
  /** On this ticket, now. Read for who asks. */
  readonly isCustomerVerified: () => Promise<boolean>;
}

/** What each tool says of itself; the rest is the same for all. */
interface AgentTool<Body extends Asked, Params extends object, Row extends Sent>
  extends Pick<AgentAction<Body, Params>, 'name' | 'path' | 'params'> {
  readonly body: z.ZodType<Body>;
  /** The kind of effect by which it leaves: it has a time-out of its own, and writes one note on the ticket about the outcome. */
  readonly effect: string;
  /** Undefined: the form was not sent before. */
  readonly findSent: (tx: Queryable, requestId: string) => Promise<Row | undefined>;
  /** Whether it asked for the same. */
  readonly isSame: (sent: Row, input: Body & Params) => boolean;
  /** Decides who may do it, how much and for whom, then records the effect. A refusal must come before all writes. */
  readonly perform: (context: ToolContext, input: Body & Params) => Promise<ActionResult>;
  /** As of `AgentAction`, and never left out. */
  audit(input: Body & Params): Readonly<Record<string, string | number | boolean>>;
}

/** Only for agents who may edit the ticket; once for each request. */
export function defineTool<Body extends Asked, Params extends object, Row extends Sent>(
  isVerified: IsVerified,
  { findSent, isSame, perform, ...tool }: AgentTool<Body, Params, Row>,
): AgentAction {
  return defineAction<Body, Params>({
    ...tool,
    method: 'post',
    status: 201,
    permission: { right: 'edit' },
    findRepeated: async (tx, on, input) =>
      answerRepeated(await findSent(tx, input.requestId), on, (sent) => isSame(sent, input)),
    perform: async (context, input) => {
      const { tx, ticket, now } = context;
      return perform({ ...context, isCustomerVerified: () => isVerified(tx, ticket.id, now) }, input);
    },
  });
}

export const SENT_FOR_ANOTHER = refuse('conflict', 'This form was already used for something else. Open it again.');

export const NEEDS_VERIFICATION = refuse('needs_verification', "Verify the customer's identity first.");
