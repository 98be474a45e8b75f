// Declares what an agent may do to a ticket from the sidebar. Each action is one entry, written with `defineAction`.

import { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import type { GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import type { TicketRow } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';
import type { ActionResult } from './action-result.ts';
import type { ActionSetting, Permission } from './permission.ts';

/** An action's input combines the values of its path and its body in one object. */
export interface AgentAction<Body extends object = object, Params extends object = object> {
  /** Names the action in the log. */
  readonly name: string;
  readonly method: 'post' | 'put' | 'delete';
  /** Below `/api/tickets/:id`, as Express writes paths: `/steps/:stepId`. */
  readonly path: string;
  /** The values in the path other than the ticket's id. */
  readonly params?: z.ZodType<Params>;
  readonly body?: z.ZodType<Body>;
  /** HTTP status on success; default 200. The answer is the ticket's card. */
  readonly status?: 200 | 201;
  readonly permission: Permission;
  /** Called before the transaction, for calls to Zendesk. */
  prepare?(context: ActionSetting, input: Body & Params): Promise<void>;
  /**
   * Called once the ticket is locked, before all checks: the result of a repeated request. Null: the request is new.
   */
  findRepeated?(tx: Queryable, on: OnTicket, input: Body & Params): Promise<ActionResult | null>;
  /** Called in the ticket's transaction, if the agent may do this and the ticket can still be changed. A refusal must come before all writes. */
  perform(context: ActionContext, input: Body & Params): Promise<ActionResult>;
  /** What is logged of the input after the action: ids, never text. */
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

/** Infers the types of path and body for the functions that receive them. */
export function defineAction<Body extends object, Params extends object>(
  action: AgentAction<Body, Params>,
): AgentAction {
  return action;
}

/** Zendesk's ids are integers that JavaScript represents exactly. */
export const anId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** An id of the policy, or of a step of its guidance. */
export const aName = z.string().min(1).max(200);

/** PostgreSQL stores neither NUL nor unpaired surrogates. */
export const aText = z
  .string()
  .max(10_000)
  .transform((words) => words.replaceAll('\u0000', '').toWellFormed());
