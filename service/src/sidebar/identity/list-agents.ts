// Lists the agents of the account from the database, for commands that run without Zendesk.
import { asc, eq, ne } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';
import { storedAgents } from '../tables.ts';
import type { Agent } from './agent.ts';

/** Former agents too, as they were last seen. */
export interface ListedAgent extends Pick<Agent, 'id' | 'name' | 'email' | 'role'> {
  /** Null: Zendesk was never asked. */
  readonly groupIds: readonly number[] | null;
}

export async function listAgents(db: Queryable): Promise<ListedAgent[]> {
  const rows = await db
    .select({ person: people, standing: storedAgents.agent })
    .from(people)
    .leftJoin(storedAgents, eq(storedAgents.id, people.id))
    .where(ne(people.role, 'end-user'))
    .orderBy(asc(people.id));
  return rows.map(({ person: { id, name, email, role }, standing }) => ({
    id,
    name,
    email: email?.toLowerCase() ?? null,
    role: role === 'admin' ? 'admin' : 'agent',
    groupIds: (standing as ZendeskAgent | null)?.group_ids ?? null,
  }));
}
