// Tells of a customer's past how they were verified, and which tools were used for them.
import { desc, eq } from 'drizzle-orm';
import type { TimelineSource } from '../sidebar/index.ts';
import { toolRuns } from './tables.ts';
import { toolOf } from './tool.ts';
import { verifications } from './verification/tables.ts';

export const toolsTimeline: TimelineSource = {
  name: 'tools',
  read: async (db, { requesterId, policy, limit }) => {
    const rows = await db
      .select()
      .from(toolRuns)
      .where(eq(toolRuns.requesterId, requesterId))
      .orderBy(desc(toolRuns.askedAt))
      .limit(limit);
    return rows.map(({ askedAt: at, ticketId, toolId, kind, state }) => {
      const tool = toolOf(policy, toolId)?.name ?? toolId;
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
