// Lists how a customer was verified and which tools were used for them, for the timeline.
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { TimelineSource } from '../sidebar/index.ts';
import { toolRuns } from './tables.ts';
import { isAllowed } from './tool.ts';
import { verifications } from './verification/tables.ts';

export const toolsTimeline: TimelineSource = {
  name: 'tools',
  read: async (db, { requesterId, policy, directory, agent, limit }) => {
    // Who may not use a tool does not learn that there is one. What is shown beside each ticket would fill the timeline.
    const seen = policy.tools.filter((tool) => !tool.beside_ticket && isAllowed({ policy, directory }, tool, agent));
    const nameOf = new Map(seen.map(({ id, name }) => [id, name]));
    const rows = await db
      .select()
      .from(toolRuns)
      .where(and(eq(toolRuns.requesterId, requesterId), inArray(toolRuns.toolId, [...nameOf.keys()])))
      .orderBy(desc(toolRuns.askedAt))
      .limit(limit);
    return rows.map(({ askedAt: at, ticketId, toolId, kind, state }) => {
      const tool = nameOf.get(toolId) ?? toolId;
      return kind === 'read'
        ? { kind: 'looked_up', at, ticketId, tool }
        : { kind: 'tool_run', at, ticketId, tool, state };
    });
  },
};

export const verificationsTimeline: TimelineSource = {
  name: 'verifications',
  read: async (db, { requesterId, limit }) => {
    const rows = await db
      .select()
      .from(verifications)
      .where(eq(verifications.requesterId, requesterId))
      .orderBy(desc(verifications.at))
      .limit(limit);
    return rows.map(({ at, ticketId, method, outcome }) => ({
      kind: outcome === 'verified' ? 'verified' : 'verification_locked',
      at,
      ticketId,
      method,
    }));
  },
};
