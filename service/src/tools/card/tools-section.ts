// Shows the tools that the agent may use beside the ticket, and what was done with them.
import type { ToolCard, ToolsCard } from '@deskwright/shared/contract';
import { and, desc, eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import {
  type Asked,
  agentName,
  type CardContext,
  type CardSection,
  foundValues,
  isClosed,
} from '../../sidebar/index.ts';
import { isSetUp, type ToolSecrets } from '../call-tool.ts';
import { toolRuns } from '../tables.ts';
import { isAllowed, type Tool, whyNotUse } from '../tool.ts';

/** Runs shown. */
const MOST_RUNS = 5;
/** Among so many: those of tools that the agent may not use are left out. */
const MOST_READ = 100;

const runsOfTicket = ({ ticketId }: Asked) => {
  const { id, toolId, state, failure, status, agentId, askedAt } = toolRuns;
  return rowsOf(
    { id, toolId, state, failure, status, agentId, askedAt, by: sql<string | null>`${people.name}` },
    (select) =>
      select
        .from(toolRuns)
        .leftJoin(people, eq(people.id, agentId))
        .where(and(eq(toolRuns.ticketId, ticketId), eq(toolRuns.kind, 'write')))
        .orderBy(desc(id))
        .limit(MOST_READ),
  );
};

/** A tool that cannot be used yet, because its secret is not set, is not offered: `/readyz` tells operators. */
export const toolsSection = (secrets: ToolSecrets): CardSection => ({
  key: 'tools',
  queries: [runsOfTicket],
  read: (context): ToolsCard | null => {
    const { inForce, directory, agent, ticket, rows, isActedOn = true } = context;
    const { policy } = inForce;
    if (policy.tools.length === 0) return null;
    const setting = { policy, directory: { groupId: (name: string) => directory?.groupId(name) ?? null } };
    const mayChange = isActedOn && !isClosed(ticket);
    const offered = policy.tools.filter((tool) => isSetUp(tool, secrets));
    const usable = offered.filter(
      (tool) => !tool.beside_ticket && (tool.kind === 'read' || mayChange) && !whyNotUse(setting, tool, agent),
    );
    const allowed = policy.tools.filter((tool) => isAllowed(setting, tool, agent));
    const nameOf = new Map(allowed.map(({ id, name }) => [id, name]));
    const beside = offered.filter((tool) => tool.beside_ticket && !whyNotUse(setting, tool, agent));
    const runs = rows(runsOfTicket).filter(({ toolId }) => nameOf.has(toolId));
    return {
      tools: usable.map((tool) => describe(tool, context)),
      beside: beside.map(({ id, name }) => ({ id, name })),
      runs: runs.slice(0, MOST_RUNS).map((run) => ({
        id: run.id,
        tool: nameOf.get(run.toolId) ?? run.toolId,
        state: run.state,
        why: run.failure,
        status: run.status,
        by: agentName(run.by, run.agentId),
        at: run.askedAt.toISOString(),
      })),
    };
  },
  ifBroken: null,
});

function describe(tool: Tool, context: CardContext): ToolCard {
  const { id, name, about, kind, inputs, needs_verification: needsVerification, dry_run: dryRun } = tool;
  return {
    id,
    name,
    about: about ?? null,
    kind,
    inputs: inputs.map(({ id, label, hint, required, from }) => ({
      id,
      label,
      hint: hint ?? null,
      required,
      value: from === undefined ? '' : firstValue(from, context),
    })),
    needsVerification,
    dryRun,
  };
}

function firstValue(from: string, context: CardContext): string {
  const { ticket, requester } = context;
  switch (from) {
    case 'ticket.id':
      return String(ticket.id);
    case 'customer.id':
      return ticket.requesterId === null ? '' : String(ticket.requesterId);
    case 'customer.name':
      return requester?.name ?? '';
    case 'customer.email':
      return requester?.email ?? '';
    default:
      return foundValues(context).get(from)?.[0] ?? '';
  }
}
