// Declares what an agent may do to a ticket from the sidebar: each action is one entry, written with `defineAction`. Who may perform it, and its result.

import type { Policy } from '@deskwright/shared';
import { type ApiRefusal, REFUSAL_STATUS, type RefusalCode } from '@deskwright/shared/contract';
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { GuidanceByCategory } from '../../policy/guidance/guidance.ts';
import type { TicketRow } from '../../tickets/index.ts';
import { type Agent, mayAssignTo } from '../identity/agent.ts';

export type ActionResult = { kind: 'done' } | Refused;

export interface Refused {
  kind: 'refused';
  refusal: ApiRefusal;
  /** HTTP status. */
  status: number;
}

export const DONE: ActionResult = { kind: 'done' };

/** `message` is for people. `about`: ids of the form's invalid fields, the group that is missing or not allowed, or the limit. */
export function refuse(
  error: RefusalCode,
  message: string,
  about: Omit<ApiRefusal, 'error' | 'message'> = {},
): Refused {
  return { kind: 'refused', refusal: { error, message, ...about }, status: REFUSAL_STATUS[error] };
}

export interface Permission {
  /** What the agent's role in Zendesk must allow: editing tickets, or also their tags, because category and tier are tags. */
  readonly right: 'edit' | 'edit_tags';
  /** Who may do this by the policy; if omitted or null, every agent whose role allows it. */
  readonly only?: (policy: Policy) => Only | null;
}

/** Allows agents in the group of one of the tiers, of one of the roles, and named agents. */
interface Only {
  /** Ids of tiers. */
  readonly tiers?: readonly string[];
  /** Roles in Zendesk. */
  readonly roles?: readonly Agent['role'][];
  /** E-mail addresses, in lower case. */
  readonly agents?: readonly string[];
}

const READ_ONLY =
  'Your role in Zendesk does not let you edit tickets, so you can only read here. An admin can change your role.';
const NO_TAGS =
  'Your role in Zendesk does not let you edit tags, and the category is one. Ask an agent who can, or ask an admin to change your role.';

/** What decides about an action, beside the ticket and the agent. */
export interface ActionSetting {
  readonly policy: Policy;
  readonly directory: Pick<Directory, 'groupId' | 'nameOf' | 'refresh'>;
}

interface PermissionSetting {
  readonly policy: Policy;
  readonly directory: Pick<Directory, 'groupId'>;
}

/** Null: allowed. */
export function whyNotAllowed(setting: PermissionSetting, { right, only }: Permission, agent: Agent): Refused | null {
  if (!agent.may.edit) return refuse('read_only', READ_ONLY);
  if (right === 'edit_tags' && !agent.may.editTags) return refuse('read_only', NO_TAGS);
  const allowed = only?.(setting.policy);
  return allowed ? whyNotAmong(setting, allowed, agent) : null;
}

/** Whatever the agent's role lets them edit. Null: they are among those allowed. A tier whose group does not exist in Zendesk allows nobody. */
export function whyNotAmong({ policy, directory }: PermissionSetting, allowed: Only, agent: Agent): Refused | null {
  const { tiers = [], roles = [], agents = [] } = allowed;
  if (roles.includes(agent.role)) return null;
  if (agent.email !== null && agents.includes(agent.email)) return null;
  const allowedTiers = policy.tiers.filter(({ id }) => tiers.includes(id));
  const isInTier = allowedTiers.some(({ group }) => {
    const groupId = directory.groupId(group);
    return groupId !== null && agent.groupIds.includes(groupId);
  });
  if (isInTier) return null;
  const who = [...allowedTiers.map(({ name }) => name), ...roles, ...agents].join(', ');
  return refuse('forbidden', `The policy does not allow you to do this. Allowed: ${who || 'nobody'}.`);
}

/**
 * For an action that moves the ticket: null if the agent may assign tickets to the group.
 * @param name the group's name in Zendesk
 */
export function whyNotAssign(agent: Agent, groupId: number, name: string | null): Refused | null {
  if (mayAssignTo(agent, groupId)) return null;
  const group = name ?? String(groupId);
  return refuse(
    'group_not_allowed',
    `Your role in Zendesk does not let you assign tickets to the group "${group}". Ask an agent who can, or ask an admin to change your role.`,
    { group },
  );
}

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
  /** Of a tool (`defineTool`): the kind of effect by which it leaves, which its feature performs. */
  readonly effect?: string;
  /** Called before the transaction, for calls to other systems; `perform` finds what it returns as `prepared`. */
  prepare?(context: ActionSetting & OnTicket, input: Body & Params): Promise<unknown>;
  /**
   * Called once the ticket is locked, before all checks: the result of a repeated request. Null: the request is new.
   */
  findRepeated?(tx: Queryable, on: OnTicket, input: Body & Params): Promise<ActionResult | null>;
  /** Called in the ticket's transaction, if the agent may do this and the ticket can still be changed. What is written before a refusal stays. */
  perform(context: ActionContext, input: Body & Params): Promise<ActionResult>;
  /** What is logged of the input after the action: ids, never text. */
  audit?(input: Body & Params): Readonly<Record<string, string | number | boolean>>;
}

/** Who acts on which ticket. */
export interface OnTicket {
  readonly ticketId: number;
  readonly agent: Agent;
}

export interface ActionContext extends ActionSetting {
  readonly tx: Queryable;
  /** Locked until the transaction ends. */
  readonly ticket: TicketRow;
  readonly agent: Agent;
  readonly guidance: GuidanceByCategory;
  readonly prepared: unknown;
  /** The policy's version. */
  readonly policyHash: string;
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

/** Created by the page per form, so that the same form sent twice acts once. */
export const aRequestId = z.string().regex(/^[\w-]{8,100}$/);

/** PostgreSQL stores neither NUL nor unpaired surrogates. */
export const aText = z
  .string()
  .max(10_000)
  .transform((words) => words.replaceAll('\u0000', '').toWellFormed());
