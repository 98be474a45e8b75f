// Runs a look-up for an agent, or previews the request of a tool.
import type { AskTool, ToolAnswer } from '@deskwright/shared/contract';
import { and, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import {
  aName,
  type CalledOn,
  defineTicketCall,
  NEEDS_VERIFICATION,
  type Refused,
  refuse,
  type TicketCall,
} from '../sidebar/index.ts';
import { type CallDeps, contextOf, dryRun, readTool } from './call-tool.ts';
import { composeRequest } from './compose-request.ts';
import { keepRecent, type RecentAnswers } from './recent-answers.ts';
import { toolRuns } from './tables.ts';
import { findTool, isRefused, NO_TOOL, readInputs, type Tool } from './tool.ts';
import { isVerified } from './verification/is-verified.ts';

export interface AskDeps extends CallDeps {
  db: Database;
  policy: { current: () => Pick<PolicyWithGuidance, 'policy'> };
  directory: { current: () => { groupId: (name: string) => number | null } | null };
  recent: RecentAnswers;
  /** Counts what tools did, by outcome. */
  count: (tool: string, outcome: string) => void;
  logger: Pick<Logger, 'info'>;
}

const inputs = z.record(z.string().max(40), z.string().max(2_000));
const NO_GROUPS = { groupId: () => null };

/** `POST /api/tickets/:id/tools/:toolId/ask` */
export function askTool(deps: AskDeps): TicketCall {
  return defineTicketCall({
    name: 'ask_tool',
    method: 'post',
    path: '/tools/:toolId/ask',
    params: z.object({ toolId: aName }),
    body: z.strictObject({ inputs, dryRun: z.boolean() }) satisfies z.ZodType<AskTool>,
    answer: async (on, { toolId, inputs: given, dryRun: isDry }) => {
      const { policy } = deps.policy.current();
      const setting = { policy, directory: deps.directory.current() ?? NO_GROUPS };
      const tool = findTool(setting, toolId, on.agent);
      if (isRefused(tool)) return tool;
      if (tool.kind === 'write' && !isDry)
        return refuse('bad_request', 'A tool that changes something is run, not asked.');
      const read = readInputs(tool, given);
      if (isRefused(read)) return read;
      return await answerWith(deps, tool, on, { inputs: read, isDry: isDry || tool.dry_run });
    },
  });
}

/** `GET /api/tickets/:id/tools/:toolId`: a tool that is shown beside the ticket. */
export function showBeside(deps: AskDeps): TicketCall {
  return defineTicketCall({
    name: 'show_beside',
    method: 'get',
    path: '/tools/:toolId',
    params: z.object({ toolId: aName }),
    answer: async (on, { toolId }) => {
      const { policy } = deps.policy.current();
      const setting = { policy, directory: deps.directory.current() ?? NO_GROUPS };
      const tool = findTool(setting, toolId, on.agent);
      if (isRefused(tool)) return tool;
      if (!tool.beside_ticket) return NO_TOOL;
      return await answerWith(deps, tool, on, { inputs: {}, isDry: tool.dry_run, isBeside: true });
    },
  });
}

interface Asking {
  inputs: Readonly<Record<string, string>>;
  isDry: boolean;
  isBeside?: boolean;
}

async function answerWith(
  deps: AskDeps,
  tool: Tool,
  on: CalledOn,
  { inputs, isDry, isBeside = false }: Asking,
): Promise<{ kind: 'answer'; body: ToolAnswer } | Refused> {
  const now = new Date(deps.clock());
  if (tool.needs_verification && !(await isVerified(deps.db, on.ticket.id, now))) return NEEDS_VERIFICATION;
  const context = contextOf(on, inputs);
  const composed = composeRequest(tool, context);
  if ('missing' in composed) return whyMissing(composed.missing);
  if (isDry) return { kind: 'answer', body: dryRun(tool, composed.request, context) };
  const read = () => readTool(deps, tool, composed.request);
  if (isBeside) {
    const answer = await keepRecent(deps.recent, deps.clock, { tool, ...composed, read });
    const status = answer.kind === 'failed' ? answer.status : null;
    if (!(await wasShown(deps.db, tool, on, now))) await recordRead(deps, tool, on, { answer, status, askedAt: now });
    return { kind: 'answer', body: answer };
  }
  const { answer, status } = await read();
  deps.count(tool.id, answer.kind === 'failed' ? answer.why : answer.kind);
  await recordRead(deps, tool, on, { answer, status, askedAt: now });
  return { kind: 'answer', body: answer };
}

/** So often at most is it recorded that one agent was shown the same beside a ticket, which they may open many times. */
const SHOWN_MS = 600_000;

async function wasShown(db: Database, tool: Tool, { ticket, agent }: CalledOn, now: Date): Promise<boolean> {
  const { id, ticketId, toolId, agentId, askedAt } = toolRuns;
  const isSame = and(eq(ticketId, ticket.id), eq(toolId, tool.id), eq(agentId, agent.id));
  const since = new Date(now.getTime() - SHOWN_MS);
  return (
    (
      await db
        .select({ id })
        .from(toolRuns)
        .where(and(isSame, gt(askedAt, since)))
        .limit(1)
    ).length > 0
  );
}

/** For auditors: who saw data of which customer. The data themselves are not kept. */
async function recordRead(
  { db, logger, clock }: AskDeps,
  tool: Tool,
  { ticket, agent }: CalledOn,
  { answer, status, askedAt }: { answer: ToolAnswer; status: number | null; askedAt: Date },
): Promise<void> {
  const about = { toolId: tool.id, ticketId: ticket.id, agentId: agent.id };
  logger.info({ ...about, outcome: answer.kind, status }, 'An agent looked something up with a tool');
  await db.insert(toolRuns).values({
    ...about,
    requesterId: ticket.requesterId,
    kind: 'read',
    state: answer.kind === 'failed' ? 'failed' : 'done',
    failure: answer.kind === 'failed' ? answer.why : null,
    status,
    askedAt,
    endedAt: new Date(clock()),
  });
}

/** @param placeholder that has no value */
export function whyMissing(placeholder: string): Refused {
  return placeholder.startsWith('input.')
    ? refuse('fields_wrong', 'A field is empty, or cannot be part of an address.', {
        fields: [placeholder.slice('input.'.length)],
      })
    : refuse('no_address', `The tool needs ${placeholder}, which Zendesk does not have.`);
}
