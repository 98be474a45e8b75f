// Reads a requester's name from Zendesk if it is not known.

import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Directory } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { tickets } from '../../tickets/index.ts';

/**
 * Reads the ticket's requester from Zendesk, once: rules that use no name do not need it, but an agent who
 * replies does. Skips erased tickets, because their customer may be erased too. Returns whether there is something new to show. Throws `ZendeskError`.
 */
export async function learnRequester(
  { db, directory }: { db: Database; directory: Pick<Directory, 'person'> },
  ticketId: number,
): Promise<boolean> {
  const [unknown] = await db
    .select({ id: tickets.requesterId })
    .from(tickets)
    .leftJoin(people, eq(people.id, tickets.requesterId))
    .where(and(eq(tickets.id, ticketId), isNull(tickets.erasedAt), isNotNull(tickets.requesterId), isNull(people.id)));
  return unknown?.id != null && (await directory.person(unknown.id)) !== null;
}
