// Finds promises to the customer that have not been kept.

import type { CustomerCard } from '@deskwright/shared/contract';
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { comments, tickets } from '../../tickets/index.ts';
import type { CardContext } from './card-context.ts';
import { cutSentence } from './cut-sentence.ts';
import { seenBy } from './seen-by.ts';
import { sentencesOf } from './sentences.ts';

/** Tickets looked at, newest first: a sender of thousands (a shop's own form) must not slow the card. */
const TICKETS = 50;

/**
 * Sentences with one of the policy's wordings in the last public words of our side on each ticket, oldest first: whoever wrote
 * again has come back. Not of closed tickets: nobody can write there any more.
 */
export async function readPromises({ db, ticket, agent, inForce }: CardContext): Promise<CustomerCard['promises']> {
  if (ticket.requesterId === null || inForce.policy.promises.length === 0) return [];
  const theirs = db
    .select({ id: tickets.id })
    .from(tickets)
    .where(
      and(
        eq(tickets.requesterId, ticket.requesterId),
        isNull(tickets.gone),
        ne(tickets.status, 'closed'),
        seenBy(agent),
      ),
    )
    .orderBy(desc(tickets.updatedAt))
    .limit(TICKETS)
    .as('theirs');
  const last = db
    .select({ authorId: comments.authorId, body: comments.body, at: comments.createdAt })
    .from(comments)
    // What is public under our own login a person wrote: the service writes internal notes only.
    .where(and(eq(comments.ticketId, theirs.id), eq(comments.public, true), ne(comments.author, 'customer')))
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(1)
    .as('last');
  const rows = await db
    .select({ ticketId: theirs.id, body: last.body, at: last.at, by: people.name })
    .from(theirs)
    .innerJoinLateral(last, sql`true`)
    .leftJoin(people, eq(people.id, last.authorId))
    .orderBy(last.at);
  return rows.flatMap(({ ticketId, body, at, by }) =>
    sentencesOf(body)
      .filter(inForce.compiled.isPromise)
      .map((sentence) => ({ text: cutSentence(sentence), by, at: at.toISOString(), ticketId })),
  );
}
