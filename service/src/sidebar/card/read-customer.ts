// Reads the customer and their other tickets.
import type { Status } from '@deskwright/shared';
import type { CustomerCard, CustomerTicket } from '@deskwright/shared/contract';
import { and, asc, desc, eq, inArray, isNull, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { comments, tickets } from '../../tickets/index.ts';
import type { Asked, CardContext } from './card-context.ts';
import type { CardParts } from './card-section.ts';
import { namedCategory } from './names.ts';
import { cutSentence, sentencesOf } from './sentences.ts';

/** Only from tickets that this agent may see. */
export function readCustomer(context: CardContext): CardParts['customer'] {
  const { requester, inForce, rows } = context;
  const open = rows(openTickets);
  const shown = (row: OtherTicket, finishedAt: string | null): CustomerTicket => ({
    id: row.id,
    subject: row.subject,
    status: row.status,
    categoryName: row.category === null ? null : namedCategory(inForce.policy, row.category).name,
    openedAt: row.createdAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
  });
  return {
    name: requester?.name ?? null,
    open: open.map((row) => shown(row, null)),
    openCount: open[0]?.count ?? 0,
    recent: rows(finishedTickets).map((row) => shown(row, row.finishedAt)),
    promises: openPromises(context),
  };
}

/** The number of tickets read, newest first: a sender of thousands (a shop's own form) must not slow the card. */
const TICKETS = 50;

/** The last public comment by an agent on each of the customer's tickets, oldest first. Without closed tickets, on which nobody can reply. */
const lastWords = ({ requesterId, seen }: Asked) => {
  const qb = new QueryBuilder();
  const theirs = qb
    .select({ id: tickets.id })
    .from(tickets)
    .where(and(eq(tickets.requesterId, requesterId), isNull(tickets.gone), ne(tickets.status, 'closed'), seen))
    .orderBy(desc(tickets.updatedAt))
    .limit(TICKETS)
    .as('theirs');
  const last = qb
    .select({ authorId: comments.authorId, body: comments.body, at: comments.createdAt })
    .from(comments)
    // A public comment with our own login was written by a person: the service writes internal notes only.
    .where(and(eq(comments.ticketId, theirs.id), eq(comments.public, true), inArray(comments.author, ['agent', 'us'])))
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(1)
    .as('last');
  return rowsOf(
    { ticketId: theirs.id, body: last.body, at: last.at, by: sql<string | null>`${people.name}` },
    (select) =>
      select
        .from(theirs)
        .innerJoinLateral(last, sql`true`)
        .leftJoin(people, eq(people.id, last.authorId))
        .orderBy(last.at),
  );
};

/** Sentences with one of the policy's promise wordings, oldest first. Once an agent has replied again, the promise counts as kept. */
function openPromises({ rows, inForce }: CardContext): CustomerCard['promises'] {
  if (inForce.policy.promises.length === 0) return [];
  return rows(lastWords).flatMap(({ ticketId, body, at, by }) =>
    sentencesOf(body)
      .filter(inForce.compiled.isPromise)
      .map((sentence) => ({ text: cutSentence(sentence), by, at: at.toISOString(), ticketId })),
  );
}

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

type OtherTicket = SelectResultFields<typeof COLUMNS>;

/** The oldest five that are not finished, each with how many there are. */
const openTickets = (on: Asked) =>
  rowsOf({ ...COLUMNS, count: sql<number>`count(*) OVER ()` }, (select) =>
    select
      .from(tickets)
      .where(and(othersOf(on), notInArray(tickets.status, FINISHED)))
      .orderBy(asc(tickets.createdAt), asc(tickets.id))
      .limit(MOST),
  );

/** The newest five finished tickets. */
const finishedTickets = (on: Asked) =>
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

export const CUSTOMER_QUERIES = [openTickets, finishedTickets, lastWords];
