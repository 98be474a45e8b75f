// Reads the customer's other tickets.

import type { Status } from '@deskwright/shared';
import { and, asc, desc, eq, inArray, isNull, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import { tickets } from '../../tickets/index.ts';
import type { CardContext } from './card-context.ts';
import { seenBy } from './seen-by.ts';

export interface CustomerTicketRow {
  readonly id: number;
  readonly subject: string;
  readonly status: Status;
  readonly category: string | null;
  readonly createdAt: Date;
  readonly waitingSince: Date | null;
  /** Null: not finished. */
  readonly finishedAt: Date | null;
}

const MOST = 5;
const FINISHED = ['solved', 'closed'];

/** Of a ticket that was finished before we first saw it, `solved_at` is when we saw it: it was finished by its last change at the latest. */
const FINISHED_AT = sql`least(${tickets.solvedAt}, ${tickets.updatedAt})`;

const COLUMNS = {
  id: tickets.id,
  subject: tickets.subject,
  status: sql<Status>`${tickets.status}`,
  category: tickets.category,
  createdAt: tickets.createdAt,
  waitingSince: tickets.waitingSince,
};

/** The oldest five that are not finished, and how many there are. */
export async function readOpenTickets(
  context: CardContext,
): Promise<{ rows: readonly CustomerTicketRow[]; count: number }> {
  const rows = await context.db
    .select({ row: { ...COLUMNS, finishedAt: sql<null>`null` }, count: sql<number>`(count(*) OVER ())::int` })
    .from(tickets)
    .where(and(othersOf(context), notInArray(tickets.status, FINISHED)))
    .orderBy(asc(tickets.createdAt), asc(tickets.id))
    .limit(MOST);
  return { rows: rows.map(({ row }) => row), count: rows[0]?.count ?? 0 };
}

/** The newest five that are finished. */
export async function readFinishedTickets(context: CardContext): Promise<CustomerTicketRow[]> {
  return context.db
    .select({ ...COLUMNS, finishedAt: FINISHED_AT.mapWith(tickets.updatedAt) })
    .from(tickets)
    .where(and(othersOf(context), inArray(tickets.status, FINISHED)))
    .orderBy(desc(FINISHED_AT), desc(tickets.id))
    .limit(MOST);
}

/** A ticket without a requester has no others: nothing equals null. */
function othersOf({ ticket, agent }: CardContext): SQL | undefined {
  const theirs = ticket.requesterId === null ? sql`false` : eq(tickets.requesterId, ticket.requesterId);
  return and(theirs, ne(tickets.id, ticket.id), isNull(tickets.gone), seenBy(agent));
}
