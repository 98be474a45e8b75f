// Reads the public conversation of a ticket.

import { and, asc, eq, ne, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { comments } from '../../tickets/index.ts';
import type { CardQuery, Said } from './card-context.ts';

/** Reading comments of Zendesk's full length would cost too much. */
const LONGEST = 16_384;
/** Older questions are ignored: a conversation may have 5,000 comments. */
const OURS = 50;
/** The customer's first messages: one of a mail, several of a chat before an agent joins. */
const FIRST = 10;

const byCustomer = sql<boolean>`${comments.author} = 'customer'`;
const fromNewest = sql`row_number() OVER (PARTITION BY ${byCustomer} ORDER BY ${comments.createdAt} DESC, ${comments.id} DESC)`;
const fromOldest = sql`row_number() OVER (PARTITION BY ${byCustomer} ORDER BY ${comments.createdAt}, ${comments.id})`;
const isOfUse = sql`CASE WHEN ${byCustomer} THEN ${fromNewest} = 1 OR ${fromOldest} <= ${FIRST} ELSE ${fromNewest} <= ${OURS} AND ${comments.body} ~ '[?？؟]' END`;

/**
 * All public comments, oldest first. Bodies are included only if needed: for those of our last fifty that contain a question, for the
 * customer's first, which may have decided the category, and for the customer's newest, which criteria may use.
 */
export const conversation: CardQuery<Said> = ({ ticketId }) =>
  rowsOf(
    {
      byCustomer,
      authorId: comments.authorId,
      name: sql<string | null>`${people.name}`,
      at: comments.createdAt,
      body: sql<string | null>`CASE WHEN ${isOfUse} THEN left(${comments.body}, ${LONGEST}) END`,
    },
    (select) =>
      select
        .from(comments)
        .leftJoin(people, eq(people.id, comments.authorId))
        // Neither what Zendesk itself writes nor what mail programs do.
        .where(and(eq(comments.ticketId, ticketId), eq(comments.public, true), ne(comments.author, 'system')))
        .orderBy(asc(comments.createdAt), asc(comments.id)),
  );
