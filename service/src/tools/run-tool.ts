// Lets an agent do something with a tool: recorded with the request's id, then sent at most once by the outbox.
import { createHash } from 'node:crypto';
import type { RunTool } from '@deskwright/shared/contract';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordEffect } from '../platform/outbox/entries.ts';
import {
  type AgentAction,
  aName,
  aRequestId,
  DONE,
  defineTool,
  NEEDS_VERIFICATION,
  refuse,
  SENT_FOR_ANOTHER,
} from '../sidebar/index.ts';
import { whyMissing } from './ask-tool.ts';
import { composeRequest } from './compose-request.ts';
import { readCustomer } from './read-customer.ts';
import { toolRuns } from './tables.ts';
import { cleanInput, findTool, isRefused, readInputs } from './tool.ts';
import { TOOL_RUN } from './tool-run-effect.ts';
import { isVerified } from './verification/is-verified.ts';

/** `POST /api/tickets/:id/tools/:toolId/runs` */
export const runTool: AgentAction = defineTool(isVerified, {
  name: 'run_tool',
  path: '/tools/:toolId/runs',
  params: z.object({ toolId: aName }),
  body: z.strictObject({
    inputs: z.record(z.string().max(40), z.string().max(2_000)),
    requestId: aRequestId,
  }) satisfies z.ZodType<RunTool>,
  effect: TOOL_RUN.name,
  findSent: async (tx, requestId) => (await tx.select().from(toolRuns).where(eq(toolRuns.requestId, requestId)))[0],
  isSame: (sent, { toolId, inputs, requestId }) =>
    sent.toolId === toolId && (sent.inputsCheck === null || sent.inputsCheck === checkOf(requestId, inputs)),
  perform: async (
    { tx, ticket, agent, policy, directory, now, isCustomerVerified },
    { toolId, inputs: given, requestId },
  ) => {
    const tool = findTool({ policy, directory }, toolId, agent);
    if (isRefused(tool)) return tool;
    if (tool.kind === 'read' || tool.dry_run)
      return refuse('bad_request', 'This tool changes nothing; it is asked, not run.');
    const inputs = readInputs(tool, given);
    if (isRefused(inputs)) return inputs;
    if (tool.needs_verification && !(await isCustomerVerified())) return NEEDS_VERIFICATION;
    const customer = await readCustomer(tx, ticket.requesterId);
    const composed = composeRequest(tool, { ticketId: ticket.id, customer, agent, inputs });
    if ('missing' in composed) return whyMissing(composed.missing);
    const underWay = and(eq(toolRuns.ticketId, ticket.id), eq(toolRuns.toolId, toolId), eq(toolRuns.state, 'asked'));
    if ((await tx.select({ id: toolRuns.id }).from(toolRuns).where(underWay).limit(1)).length > 0)
      return refuse('conflict', 'The same is under way on this ticket. Wait for what comes of it.');
    const [run] = await tx
      .insert(toolRuns)
      .values({
        requestId,
        ticketId: ticket.id,
        requesterId: ticket.requesterId,
        agentId: agent.id,
        toolId,
        kind: 'write',
        state: 'asked',
        inputs,
        inputsCheck: checkOf(requestId, given),
        askedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: toolRuns.id });
    if (!run) return SENT_FOR_ANOTHER;
    await recordEffect(tx, TOOL_RUN, { key: `tool:${run.id}`, subjectId: ticket.id, payload: { runId: run.id } });
    return DONE;
  },
  audit: ({ toolId }) => ({ toolId }),
});

/** Tells forms apart. Of few possible inputs it also tells which they were, so it is kept for a day only (`erasing.ts`). */
function checkOf(requestId: string, inputs: Readonly<Record<string, string>>): number {
  const filledIn = Object.entries(inputs)
    .map(([id, value]) => [id, cleanInput(value)] as const)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([requestId, filledIn]))
    .digest()
    .readUInt16BE();
}
