// Performs an agent's action: one transaction, one permission check, one log record.
import { eq } from 'drizzle-orm';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import { ACTS_ON_TICKET, lockTicket, type TicketRow, tickets } from '../../tickets/index.ts';
import { type Agent, maySee } from '../identity/agent.ts';
import {
  type ActionResult,
  type ActionSetting,
  type AgentAction,
  type OnTicket,
  type Refused,
  refuse,
  whyNotAllowed,
} from './action.ts';
import { correctCategory, undoCorrection } from './correct-category.ts';
import { escalateTicket } from './escalate-ticket.ts';
import { tickStep } from './tick-step.ts';

interface ActionDeps {
  db: Database;
  policy: { current: () => Pick<PolicyWithGuidance, 'policy' | 'guidance' | 'hash'> };
  /** Null while Zendesk has not answered yet. */
  directory: { current: () => ActionSetting['directory'] | null };
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'info'>;
}

const ZENDESK_NOT_YET = refuse(
  'unavailable',
  'Zendesk has not answered since the service started. Try again in a moment.',
);

/** @param input the output of the action's schemas. Throws when the database cannot be reached. */
export async function performAction(
  deps: ActionDeps,
  action: AgentAction,
  on: OnTicket,
  input: object,
): Promise<ActionResult> {
  const directory = deps.directory.current();
  const result = directory ? await inTransaction(deps, directory, action, on, input) : ZENDESK_NOT_YET;
  auditAction(deps.logger, action, on, result, input);
  return result;
}

async function inTransaction(
  deps: ActionDeps,
  directory: ActionSetting['directory'],
  action: AgentAction,
  on: OnTicket,
  input: object,
): Promise<ActionResult> {
  const { agent } = on;
  const { policy, guidance, hash: policyHash } = deps.policy.current();
  const setting = { policy, directory };
  const prepared = await action.prepare?.({ ...setting, ...on }, input);
  return deps.db.transaction(async (tx) => {
    // Actions, decisions and Zendesk's answers about one ticket run one after the other, and so does a request sent twice.
    const ticket = await lockTicket(tx, on.ticketId);
    const repeated = await action.findRepeated?.(tx, on, input);
    if (repeated) return repeated;
    // Checked with the current row: the ticket may have moved since the page was opened.
    if (!ticket || !maySee(agent, ticket)) return hide(agent, on.ticketId, ticket);
    const refused =
      whyNotAllowed(setting, action.permission, agent) ?? whyNotChangeable(ticket) ?? (await whyNotActing(tx, ticket));
    if (refused) return refused;
    return action.perform(
      { ...setting, tx, ticket, agent, guidance, policyHash, prepared, now: new Date(deps.clock()) },
      input,
    );
  });
}

/** Agents with restricted access must not learn which tickets exist. */
function hide(agent: Agent, ticketId: number, ticket: TicketRow | null): Refused {
  return !ticket && agent.sees === 'all'
    ? refuse('not_found', `Ticket ${ticketId} is unknown to Deskwright, or not known yet.`)
    : refuse('forbidden', 'Zendesk does not show you this ticket.');
}

/** What agents do from the sidebar is written to Zendesk. */
async function whyNotActing(tx: Queryable, { id }: TicketRow): Promise<Refused | null> {
  const [found] = await tx.select({ isActedOn: ACTS_ON_TICKET }).from(tickets).where(eq(tickets.id, id));
  return found?.isActedOn === false ? refuse('only_watching', 'Deskwright only watches on this account.') : null;
}

function whyNotChangeable({ gone, erasedAt, status }: TicketRow): Refused | null {
  if (gone === 'merged') return refuse('closed', 'This ticket was merged into another one.');
  if (gone !== null) return refuse('closed', 'This ticket was deleted.');
  if (erasedAt) return refuse('closed', "Deskwright's data of this ticket was erased. Please continue in Zendesk.");
  if (status === 'closed') return refuse('closed', 'This ticket is closed and cannot be changed in Zendesk.');
  return null;
}

/** Logs who did what, or was refused. The input is logged only after the action has accepted it. */
export function auditAction(
  logger: Pick<Logger, 'info'>,
  action: AgentAction,
  { ticketId, agent }: OnTicket,
  result: ActionResult,
  input: object = {},
): void {
  const record = { action: action.name, ticketId, agentId: agent.id };
  if (result.kind === 'done') logger.info({ ...record, ...action.audit?.(input) }, "An agent's action was performed");
  else logger.info({ ...record, refusal: result.refusal.error }, "An agent's action was refused");
}

const OWN: readonly AgentAction[] = [correctCategory, undoCorrection, tickStep, escalateTicket];

/** Throws if two actions have the same name or address. */
export function allActions(brought: readonly AgentAction[] = []): readonly AgentAction[] {
  const actions = [...OWN, ...brought];
  const taken = new Set<string>();
  for (const { name, method, path } of actions)
    for (const key of [name, `${method.toUpperCase()} ${path}`]) {
      if (taken.has(key)) throw new Error(`Two agent actions are named "${key}".`);
      taken.add(key);
    }
  return actions;
}
