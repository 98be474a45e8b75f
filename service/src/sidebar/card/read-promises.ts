// Finds promises to the customer that have not been kept.

import type { CustomerCard } from '@deskwright/shared/contract';
import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/pg-core';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { comments, tickets } from '../../tickets/index.ts';
import type { Asked, CardContext } from './card-context.ts';
import { cutSentence, sentencesOf } from './sentences.ts';

/** The number of tickets read, newest first: a sender of thousands (a shop's own form) must not slow the card. */
const TICKETS = 50;

/** The last public comment by an agent on each of the customer's tickets, oldest first. Without closed tickets, on which nobody can reply. */
export const lastWords = ({ requesterId, seen }: Asked) => {
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
export function openPromises({ rows, inForce }: CardContext): CustomerCard['promises'] {
  if (inForce.policy.promises.length === 0) return [];
  return rows(lastWords).flatMap(({ ticketId, body, at, by }) =>
    sentencesOf(body)
      .filter(inForce.compiled.isPromise)
      .map((sentence) => ({ text: cutSentence(sentence), by, at: at.toISOString(), ticketId })),
  );
}
