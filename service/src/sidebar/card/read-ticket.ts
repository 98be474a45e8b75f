// Reads the card's ticket and its requester.

import { eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type TicketRow, tickets } from '../../tickets/index.ts';
import type { Requester } from './card-context.ts';

export async function readTicket(
  db: Queryable,
  ticketId: number,
): Promise<{ ticket: TicketRow; requester: Requester | null } | null> {
  const [row] = await db
    .select({ ticket: tickets, requester: { name: people.name, email: people.email, locale: people.locale } })
    .from(tickets)
    .leftJoin(people, eq(people.id, tickets.requesterId))
    .where(eq(tickets.id, ticketId));
  return row ?? null;
}
