// Finds events that a read of their ticket has made unnecessary.
import { max } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';

/** What this process has read; another one reads for itself. */
export interface AnsweredHints {
  /** True when the ticket was read after the event had been received. */
  isAnswered: (ticketId: number, inboxId: number) => boolean;
  /** Call it before a read; call what it gives back once the ticket is durable as it was read. */
  beginRead: (db: Queryable) => Promise<(ticketId: number) => void>;
}

/** More tickets than are changed in the time that hints wait. */
const MOST_TICKETS = 20_000;

/** Ids of the inbox rise as events are received, so the highest one before a read says which events it answers: no clock is asked. */
export function createAnsweredHints(): AnsweredHints {
  const upTo = new Map<number, number>();
  return {
    isAnswered: (ticketId, inboxId) => inboxId <= (upTo.get(ticketId) ?? 0),
    beginRead: async (db) => {
      const [row] = await db.select({ last: max(inbox.id) }).from(inbox);
      return (ticketId) => {
        upTo.delete(ticketId);
        upTo.set(ticketId, row?.last ?? 0);
        const [oldest] = upTo.keys();
        if (upTo.size > MOST_TICKETS && oldest !== undefined) upTo.delete(oldest);
      };
    },
  };
}
