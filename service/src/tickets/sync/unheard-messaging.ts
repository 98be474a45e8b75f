// Counts messaging tickets without a known message.
import { MESSAGING_CHANNELS } from '@deskwright/shared';
import { and, eq, gte, inArray, isNull, notExists, notInArray } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { FIRST_MESSAGE_ID } from '../projection/message-id.ts';
import { comments, tickets } from '../tables.ts';

/** Open messaging tickets without any received message. Throws database errors. */
export function countUnheardMessaging(db: Database): Promise<number> {
  const messages = db
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.ticketId, tickets.id), gte(comments.id, FIRST_MESSAGE_ID)));
  const isOpen = and(notInArray(tickets.status, ['solved', 'closed']), isNull(tickets.gone));
  return db.$count(tickets, and(inArray(tickets.via, [...MESSAGING_CHANNELS]), isOpen, notExists(messages)));
}
