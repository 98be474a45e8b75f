// Reads the public conversation of a ticket.

import { and, asc, eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { comments } from '../../tickets/index.ts';
import type { CardQuery, Said } from './card-context.ts';

/** Reading comments of Zendesk's full length would cost too much. */
const LONGEST = 16_384;
/** Older questions are ignored: a conversation may have 5,000 comments. */
const OURS = 50;

const byCustomer = sql<boolean>`${comments.author} = 'customer'`;
const fromNewest = sql`row_number() OVER (PARTITION BY ${byCustomer} ORDER BY ${comments.createdAt} DESC, ${comments.id} DESC)`;
const isOfUse = sql`CASE WHEN ${byCustomer} THEN ${fromNewest} = 1 ELSE ${fromNewest} <= ${OURS} AND ${comments.body} ~ '[?？؟]' END`;

/**
 * All public comments, oldest first. Bodies are included only if needed: for those of our last fifty that contain a question, and for the
 * customer's newest, which criteria may use.
 */
export const conversation: CardQuery<Said> = ({ ticketId }) =>
  rowsOf(
    {
      byCustomer,
      name: sql<string | null>`${people.name}`,
      at: comments.createdAt,
      body: sql<string | null>`CASE WHEN ${isOfUse} THEN left(${comments.body}, ${LONGEST}) END`,
    },
    (select) =>
      select
        .from(comments)
        .leftJoin(people, eq(people.id, comments.authorId))
        .where(and(eq(comments.ticketId, ticketId), eq(comments.public, true)))
        .orderBy(asc(comments.createdAt), asc(comments.id)),
  );
