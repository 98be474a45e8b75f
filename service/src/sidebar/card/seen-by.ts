// Limits a query of `tickets` to those an agent may see: `maySee`, as a condition in SQL.
import { eq, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { idsOf } from '../../platform/storage/joined-queries.ts';
import { tickets } from '../../tickets/index.ts';
import type { Agent } from '../identity/agent.ts';

/** An agent, or placeholders for one in a statement that is prepared. */
type Asking = Pick<Agent, 'sees'> & {
  readonly [Key in 'id' | 'groupIds' | 'organizationId']: Agent[Key] | Placeholder;
};

/** Undefined: all of them. */
export function seenBy({ sees, id, groupIds, organizationId }: Asking): SQL | undefined {
  switch (sees) {
    case 'all':
      return undefined;
    case 'groups':
      return or(eq(tickets.assigneeId, id), sql`${tickets.groupId} = ANY(${idsOf(groupIds)}::bigint[])`);
    case 'organization':
      // Nothing equals null: an agent without an organization sees none.
      return sql`${tickets.organizationId} = ${organizationId}`;
    case 'assigned':
      return eq(tickets.assigneeId, id);
    case 'requested':
      return eq(tickets.requesterId, id);
  }
}
