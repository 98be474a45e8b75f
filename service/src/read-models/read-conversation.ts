// What has been said in public on this ticket?
import { and, asc, eq, sql } from 'drizzle-orm';
import { comments, people } from '../storage/schema.ts';
import type { CardContext } from './card-context.ts';

export interface Said {
  readonly byCustomer: boolean;
  /** Null: we do not know them. */
  readonly name: string | null;
  readonly at: Date;
  /** Null where no card shows or asks it. */
  readonly body: string | null;
}

/** A comment of Zendesk's full length would cost more than it tells. */
const LONGEST = 16_384;

/**
 * All public comments, oldest first. Bodies come only where they are of use: an agent's with a question mark, and the customer's
 * newest, which the criteria may ask.
 */
export async function readConversation({ db, ticket }: CardContext): Promise<Said[]> {
  const byCustomer = sql<boolean>`${comments.author} = 'customer'`;
  const isNewest = sql`row_number() OVER (PARTITION BY ${byCustomer} ORDER BY ${comments.createdAt} DESC, ${comments.id} DESC) = 1`;
  return db
    .select({
      byCustomer,
      name: people.name,
      at: comments.createdAt,
      body: sql<string | null>`CASE WHEN CASE WHEN ${byCustomer} THEN ${isNewest} ELSE ${comments.body} ~ '[?？؟]' END
        THEN left(${comments.body}, ${LONGEST}) END`,
    })
    .from(comments)
    .leftJoin(people, eq(people.id, comments.authorId))
    .where(and(eq(comments.ticketId, ticket.id), eq(comments.public, true)))
    .orderBy(asc(comments.createdAt), asc(comments.id));
}
