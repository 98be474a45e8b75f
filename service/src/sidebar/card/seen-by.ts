// Limits a query of `tickets` to those an agent may see: `maySee`, as a condition in SQL.

import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';

const NONE = sql`false`;

/** Undefined: all of them. */
export function seenBy(agent: Agent): SQL | undefined {
  switch (agent.sees) {
    case 'all':
      return undefined;
    case 'groups':
      return or(eq(tickets.assigneeId, agent.id), inArray(tickets.groupId, [...agent.groupIds]));
    case 'organization':
      return agent.organizationId === null ? NONE : eq(tickets.organizationId, agent.organizationId);
    case 'assigned':
      return eq(tickets.assigneeId, agent.id);
    case 'requested':
      return eq(tickets.requesterId, agent.id);
  }
}
