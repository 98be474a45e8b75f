// How does the projection learn of our own write, without waiting for its event?
import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Queryable } from '../storage/database.ts';
import { tickets } from '../storage/schema.ts';
import type { ZendeskTicket } from '../zendesk/zendesk.ts';
import type { Needed, TicketNow } from './compose-write.ts';

const TICKET_NOW = {
  id: tickets.id,
  tags: tickets.tags,
  groupId: tickets.groupId,
  priority: tickets.priority,
  status: tickets.status,
  updatedAt: tickets.updatedAt,
  placedBy: tickets.placedBy,
  gone: tickets.gone,
};

export async function loadTickets(db: Queryable, ids: readonly number[]): Promise<Map<number, TicketNow>> {
  const rows = await db
    .select(TICKET_NOW)
    .from(tickets)
    .where(inArray(tickets.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** After a PUT, whose answer is the ticket as it stands now (the account's triggers included). A row that knows newer stays. */
export async function projectAnswer(tx: Queryable, answer: ZendeskTicket): Promise<void> {
  const updatedAt = new Date(answer.updated_at);
  await tx
    .update(tickets)
    .set({
      tags: answer.tags,
      groupId: answer.group_id,
      priority: answer.priority,
      updatedAt,
      snapshotAt: sql`greatest(${tickets.snapshotAt}, ${updatedAt})`,
    })
    .where(and(eq(tickets.id, answer.id), lte(tickets.updatedAt, updatedAt)));
}

/**
 * After a bulk job, which does not show the tickets: what we asked for, unless the ticket has changed since. The new stamp
 * comes with the event of the write.
 */
export async function projectBulk(tx: Queryable, ticket: TicketNow, needed: Needed): Promise<void> {
  const gone = new Set(needed.removeTags);
  await tx
    .update(tickets)
    .set({
      tags: [...ticket.tags.filter((tag) => !gone.has(tag)), ...needed.addTags],
      groupId: needed.groupId ?? ticket.groupId,
      priority: needed.priority ?? ticket.priority,
    })
    .where(and(eq(tickets.id, ticket.id), eq(tickets.updatedAt, ticket.updatedAt)));
}
