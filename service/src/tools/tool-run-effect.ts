// Sends what an agent does with a tool, an effect of the outbox: at most once, with exactly one note on the ticket.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { people } from '../directory/tables.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { EffectDefinition } from '../platform/outbox/effect-definition.ts';
import { type Outcome, simpleEffect } from '../platform/outbox/simple-effect.ts';
import type { EffectKind } from '../platform/outbox/work.ts';
import type { Database } from '../platform/storage/database.ts';
import { withoutPlaceholders } from '../policy/guidance/guidance.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { FindAgent } from '../sidebar/index.ts';
import { lockTicket, recordTicketChange, tickets } from '../tickets/index.ts';
import { type CallDeps, FAILURES, send } from './call-tool.ts';
import { composeRequest } from './compose-request.ts';
import { readAnswer, type ShownField } from './read-answer.ts';
import { readCustomer } from './read-customer.ts';
import type { Sent } from './send-request.ts';
import { type ToolRunRow, toolRuns } from './tables.ts';
import { type Tool, toolOf, whyNotUse } from './tool.ts';
import { isVerified } from './verification/is-verified.ts';

export interface ToolRunPayload {
  readonly runId: number;
}

export const TOOL_RUN: EffectDefinition<ToolRunPayload> = {
  name: 'tool_run',
  description: "A request of an agent's tool",
  payload: z.strictObject({ runId: z.int() }),
  // An agent waits at the screen. It was refused on tickets on which Deskwright does not act.
  priority: () => 0,
  inScope: () => sql`true`,
  // It is not sent again: what is in doubt is told on the ticket.
  whenInDoubt: 'retry',
  advise: () =>
    'It was not sent again. Check in the other system whether it was done, and inform the agents of the ticket; then delete it.',
};

interface ToolRunDeps extends CallDeps {
  db: Database;
  policy: { current: () => Pick<PolicyWithGuidance, 'policy'> };
  directory: Pick<Directory, 'groupId'>;
  /** As Zendesk has them now. */
  findAgent: FindAgent;
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  count: (tool: string, outcome: string) => void;
  logger: Pick<Logger, 'info'>;
}

/** Nobody expects an account to be cancelled long after the button was pressed. */
const LONGEST_WAIT_MS = 10 * 60_000;
const WAIT_MS = 15_000;

export function toolRunKind(deps: ToolRunDeps): EffectKind {
  return simpleEffect(TOOL_RUN, {
    perform: async ([{ payload, inDoubt }]) => {
      const [run] = await deps.db.select().from(toolRuns).where(eq(toolRuns.id, payload.runId));
      if (run?.state !== 'asked') return { outcome: 'cancelled', reason: 'it has ended already' };
      const tool = toolOf(deps.policy.current().policy, run.toolId);
      const sent = inDoubt ? INTERRUPTED : await perform(deps, run, tool);
      if (sent === 'unknown')
        return { outcome: 'wait', ms: WAIT_MS, reason: 'Zendesk does not say what the agent may do' };
      return settle(deps, run, tool, sent);
    },
  });
}

const INTERRUPTED: Sent = { kind: 'failed', why: 'unreachable', status: null, isUndone: false };
const OUTDATED: Sent = { kind: 'failed', why: 'outdated', status: null, isUndone: true };
const NOT_ALLOWED: Sent = { kind: 'failed', why: 'not_allowed', status: null, isUndone: true };

/** Whoever pressed the button, whether it may still be sent is decided right before it is. `unknown`: that cannot be found out now. */
async function perform(deps: ToolRunDeps, run: ToolRunRow, tool: Tool | null): Promise<Sent | 'unknown'> {
  if (tool?.kind !== 'write' || tool.dry_run || deps.clock() - run.askedAt.getTime() > LONGEST_WAIT_MS) return OUTDATED;
  const found = await deps.findAgent(run.agentId);
  if (found.kind === 'unavailable') return 'unknown';
  const setting = { policy: deps.policy.current().policy, directory: deps.directory };
  if (found.kind === 'refused' || whyNotUse(setting, tool, found.agent) !== null) return NOT_ALLOWED;
  const [ticket] = await deps.db
    .select({ requesterId: tickets.requesterId })
    .from(tickets)
    .where(eq(tickets.id, run.ticketId));
  // What was asked for one customer is not done to another.
  if (ticket?.requesterId !== run.requesterId) return OUTDATED;
  if (tool.needs_verification && !(await isVerified(deps.db, run.ticketId, new Date(deps.clock())))) return NOT_ALLOWED;
  const customer = await readCustomer(deps.db, run.requesterId);
  const agent = { id: run.agentId, email: found.agent.email };
  const composed = composeRequest(tool, { ticketId: run.ticketId, customer, agent, inputs: run.inputs ?? {} });
  return 'missing' in composed ? OUTDATED : send(deps, tool, composed.request, run.requestId ?? `run-${run.id}`);
}

/** If this fails, the entry is in doubt, and is settled as that. */
async function settle(deps: ToolRunDeps, run: ToolRunRow, tool: Tool | null, sent: Sent): Promise<Outcome> {
  const state = sent.kind === 'accepted' ? 'done' : sent.isUndone ? 'failed' : 'in_doubt';
  const failure = sent.kind === 'failed' ? sent.why : null;
  const fields = sent.kind === 'accepted' && tool && sent.unread === null ? readAnswer(tool, sent.json) : [];
  await deps.db.transaction(async (tx) => {
    await lockTicket(tx, run.ticketId);
    const [agent] = await tx.select({ name: people.name }).from(people).where(eq(people.id, run.agentId));
    const [now] = await tx.select({ inputs: toolRuns.inputs }).from(toolRuns).where(eq(toolRuns.id, run.id));
    await tx
      .update(toolRuns)
      .set({ state, failure, status: sent.status, inputs: null, endedAt: new Date(deps.clock()) })
      .where(eq(toolRuns.id, run.id));
    // Without inputs it was erased while it was under way.
    const facts = { run, tool, sent, state, fields, isErased: now?.inputs == null } as const;
    const note = writeToolNote({ ...facts, by: agent?.name ?? String(run.agentId) });
    await recordTicketChange(tx, {
      key: `tool:${run.id}:note`,
      ticketId: run.ticketId,
      cause: 'agent',
      change: { note: withoutPlaceholders(note) },
    });
  });
  deps.count(run.toolId, failure ?? 'done');
  const about = { toolId: run.toolId, runId: run.id, ticketId: run.ticketId, agentId: run.agentId };
  deps.logger.info({ ...about, outcome: state, status: sent.status }, 'A tool of an agent was run');
  await deps.onEffect();
  return state === 'done'
    ? { outcome: 'done' }
    : { outcome: 'cancelled', reason: `${state}: the ticket's note says so` };
}

interface NoteFacts {
  readonly run: ToolRunRow;
  /** Null: the policy has it no more. */
  readonly tool: Tool | null;
  readonly sent: Sent;
  readonly state: 'done' | 'failed' | 'in_doubt';
  readonly fields: readonly ShownField[];
  /** What the customer or the ticket was about has been erased meanwhile. */
  readonly isErased: boolean;
  /** The agent's name. */
  readonly by: string;
}

/** Characters of what was filled in and answered: a note is read at a glance, and the other system has the rest. */
const MOST = 2_000;

/** Everybody who sees the ticket reads its notes: with `note: short` it names neither the tool nor what it was about. */
function writeToolNote({ run, tool, sent, state, fields, isErased, by }: NoteFacts): string {
  const isShort = tool?.note === 'short';
  const name = isShort ? 'A tool' : (tool?.name ?? run.toolId);
  const why = sent.kind === 'failed' ? FAILURES[sent.why] : '';
  const status = sent.status === null ? '' : ` (HTTP ${sent.status})`;
  const said = {
    done: `${name}: done by ${by}`,
    failed: `${name}: asked for by ${by}, and NOT done: ${why}${status}.`,
    in_doubt: `${name}: asked for by ${by}. It is NOT KNOWN whether it was done: ${why}${status}. Look in the other system before you try again; it is not repeated by itself.`,
  }[state];
  if (isShort || isErased) return said;
  const filled = (tool?.inputs ?? []).flatMap(({ id, label }) => {
    const value = run.inputs?.[id] ?? '';
    return value === '' ? [] : [`${label}: ${value}`];
  });
  return [said, ...within([...filled, ...fields.map(({ label, values }) => `${label}: ${values.join(', ')}`)])].join(
    '\n\n',
  );
}

/** As many lines as fit; the one that does not is cut, and the rest left out. */
function within(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let left = MOST;
  for (const line of lines) {
    if (line.length > left)
      return [...shown, `${line.slice(0, left).toWellFormed()}… (the rest is in the other system)`];
    shown.push(line);
    left -= line.length;
  }
  return shown;
}
