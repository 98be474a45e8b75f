// Reads the name of an agent for a note.
import { eq } from 'drizzle-orm';
import { people } from '../directory/tables.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { agentName } from '../sidebar/index.ts';

export async function nameOfAgent(tx: Queryable, agentId: number): Promise<string> {
  const [person] = await tx.select({ name: people.name }).from(people).where(eq(people.id, agentId));
  return agentName(person?.name ?? null, agentId);
}
