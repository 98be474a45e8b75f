// Reads what agents did with one ticket in the sidebar.

import { asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { categoryCorrections, escalations } from '../../sidebar/index.ts';

export type AgentActions = Awaited<ReturnType<typeof readAgentActions>>;

/** Oldest first. Text entered in forms is left out, because it may quote customers. */
export async function readAgentActions(db: Database, ticketId: number) {
  const undoer = alias(people, 'undoer');
  return {
    corrections: await db
      .select({
        id: categoryCorrections.id,
        at: categoryCorrections.correctedAt,
        agentId: categoryCorrections.agentId,
        agent: people.name,
        before: categoryCorrections.before,
        toCategory: categoryCorrections.toCategory,
        toTier: categoryCorrections.toTier,
        undoneAt: categoryCorrections.undoneAt,
        undoneBy: categoryCorrections.undoneBy,
        undoer: undoer.name,
      })
      .from(categoryCorrections)
      .leftJoin(people, eq(people.id, categoryCorrections.agentId))
      .leftJoin(undoer, eq(undoer.id, categoryCorrections.undoneBy))
      .where(eq(categoryCorrections.ticketId, ticketId))
      .orderBy(asc(categoryCorrections.id)),
    escalations: await db
      .select({
        id: escalations.id,
        at: escalations.escalatedAt,
        agentId: escalations.agentId,
        agent: people.name,
        kind: escalations.kind,
        fromTier: escalations.fromTier,
        target: escalations.target,
      })
      .from(escalations)
      .leftJoin(people, eq(people.id, escalations.agentId))
      .where(eq(escalations.ticketId, ticketId))
      .orderBy(asc(escalations.id)),
  };
}

/** One line per action, oldest first; empty if agents did nothing. */
export function describeAgentActions({ corrections, escalations }: AgentActions): string[] {
  const actions = [
    ...corrections.map((one) => ({
      at: one.at,
      text: `${'corrected'.padEnd(16)} category ${one.before.category} to ${one.toCategory}, by ${one.agent ?? `agent ${one.agentId}`}${
        one.undoneAt ? `; undone ${one.undoneAt.toISOString()} by ${one.undoer ?? `agent ${one.undoneBy}`}` : ''
      }`,
    })),
    ...escalations.map((one) => ({
      at: one.at,
      text: `${(one.kind === 'tier' ? 'escalated' : 'handed over').padEnd(16)} ${one.fromTier ? `tier ${one.fromTier} ` : ''}to ${one.kind} ${one.target}, by ${one.agent ?? `agent ${one.agentId}`}`,
    })),
  ];
  return actions
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text }) => `  ${at.toISOString()}  ${text}`);
}
