// Reads the card's ticket and its requester.
import { eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { onceFor } from '../../platform/storage/joined-queries.ts';
import { ACTS_ON_TICKET, type TicketRow, tickets } from '../../tickets/index.ts';
import type { Requester } from './card-context.ts';

export interface FoundTicket {
  readonly ticket: TicketRow & { readonly queueBand?: number };
  /** Null: unknown. */
  readonly requester: Requester | null;
  /** False: Deskwright only watches this ticket. */
  readonly isActedOn?: boolean;
}

/** Null: the projection has no such ticket. Throws when the database cannot be reached. */
export async function readTicket(db: Queryable, ticketId: number): Promise<FoundTicket | null> {
  const [row] = await statement(db).execute({ ticketId });
  return row ?? null;
}

const statement = onceFor((db: Queryable) =>
  db
    .select({
      ticket: tickets,
      requester: { name: people.name, email: people.email, locale: people.locale },
      isActedOn: ACTS_ON_TICKET,
    })
    .from(tickets)
    .leftJoin(people, eq(people.id, tickets.requesterId))
    .where(eq(tickets.id, sql.placeholder('ticketId')))
    .prepare('ticket_with_requester'),
);
