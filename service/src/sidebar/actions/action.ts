// Declares what an agent may do to a ticket from the sidebar. Each action is one entry, written with `defineAction`.

import { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import type { GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import type { TicketRow } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';
import type { ActionResult } from './action-result.ts';
import type { ActionSetting, Permission } from './permission.ts';

/** The input of an action is what its path and its body carry, in one object. */
export interface AgentAction<Body extends object = object, Params extends object = object> {
  /** Names the action in the log. */
  readonly name: string;
  readonly method: 'post' | 'put' | 'delete';
  /** Below `/api/tickets/:id`, as Express writes paths: `/steps/:stepId`. */
  readonly path: string;
  /** What the path carries beside the ticket's id. */
  readonly params?: z.ZodType<Params>;
  readonly body?: z.ZodType<Body>;
  /** HTTP status once it is done; default 200. The answer is the ticket's card. */
  readonly status?: 200 | 201;
  readonly permission: Permission;
  /** Called before the transaction: what may ask Zendesk. */
  prepare?(context: ActionSetting, input: Body & Params): Promise<void>;
  /**
   * Called once the ticket is taken, before all checks: the result of an action that this request has brought about already. Null: it is new.
   */
  findRepeated?(tx: Queryable, on: OnTicket, input: Body & Params): Promise<ActionResult | null>;
  /** Called in the ticket's transaction, when the agent may do this and the ticket can still be changed. A refusal must come before all writes. */
  perform(context: ActionContext, input: Body & Params): Promise<ActionResult>;
  /** What the log says of the input once the action is done: ids, never words. */
  audit?(input: Body & Params): Readonly<Record<string, string | number | boolean>>;
}

/** Who acts on which ticket. */
export interface OnTicket {
  readonly ticketId: number;
  readonly agent: Agent;
}

interface ActionContext extends ActionSetting {
  readonly tx: Queryable;
  /** Locked until the transaction ends. */
  readonly ticket: TicketRow;
  readonly agent: Agent;
  readonly guidance: GuidanceByCategory;
  readonly now: Date;
}

/** Keeps the types of path and body together with the functions that get them. */
export function defineAction<Body extends object, Params extends object>(
  action: AgentAction<Body, Params>,
): AgentAction {
  return action;
}

/** Zendesk's ids are whole numbers that JavaScript holds exactly. */
export const anId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** An id of the policy, or of a step of its guidance. */
export const aName = z.string().min(1).max(200);

/** PostgreSQL keeps no NUL, and no half of a surrogate pair. */
export const aText = z
  .string()
  .max(10_000)
  .transform((words) => words.replaceAll('\u0000', '').toWellFormed());
