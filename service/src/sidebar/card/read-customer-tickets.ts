// Reads the customer's other tickets.

import type { Status } from '@deskwright/shared';
import { and, asc, desc, eq, inArray, isNull, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { tickets } from '../../tickets/index.ts';
import type { Asked } from './card-context.ts';

const MOST = 5;
const FINISHED = ['solved', 'closed'];

/** For a ticket finished before our first import, `solved_at` is the import's time; its last change is closer. */
const FINISHED_AT = sql<string>`least(${tickets.solvedAt}, ${tickets.updatedAt})`;

const COLUMNS = {
  id: tickets.id,
  subject: tickets.subject,
  status: sql<Status>`${tickets.status}`,
  category: tickets.category,
  createdAt: tickets.createdAt,
  waitingSince: tickets.waitingSince,
};

export type OtherTicket = SelectResultFields<typeof COLUMNS>;

/** The oldest five that are not finished, each with how many there are. */
export const openTickets = (on: Asked) =>
  rowsOf({ ...COLUMNS, count: sql<number>`count(*) OVER ()` }, (select) =>
    select
      .from(tickets)
      .where(and(othersOf(on), notInArray(tickets.status, FINISHED)))
      .orderBy(asc(tickets.createdAt), asc(tickets.id))
      .limit(MOST),
  );

/** The newest five finished tickets. */
export const finishedTickets = (on: Asked) =>
  rowsOf({ ...COLUMNS, finishedAt: FINISHED_AT }, (select) =>
    select
      .from(tickets)
      .where(and(othersOf(on), inArray(tickets.status, FINISHED)))
      .orderBy(desc(FINISHED_AT), desc(tickets.id))
      .limit(MOST),
  );

/** A ticket without a requester has no others. */
function othersOf({ ticketId, requesterId, seen }: Asked): SQL | undefined {
  return and(eq(tickets.requesterId, requesterId), ne(tickets.id, ticketId), isNull(tickets.gone), seen);
}
