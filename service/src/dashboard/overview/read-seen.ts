// Reads what decides who may see a ticket.
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { SeenTicket } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';

export async function readSeen(db: Queryable, ids: readonly number[]): Promise<Map<number, SeenTicket>> {
  if (ids.length === 0) return new Map();
  const { id, groupId, assigneeId, organizationId, requesterId } = tickets;
  const rows = await db
    .select({ id, groupId, assigneeId, organizationId, requesterId })
    .from(tickets)
    .where(sql`${id} = ANY(${`{${ids.join()}}`}::bigint[])`);
  return new Map(rows.map(({ id, ...seen }) => [id, seen]));
}
