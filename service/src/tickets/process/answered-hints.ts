// Finds events that a later read of their ticket has already covered.
import { max } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';

/** What this process has read; other processes have their own. */
export interface AnsweredHints {
  /** True if the ticket was read after the event was received. */
  isAnswered: (ticketId: number, inboxId: number) => boolean;
  /** Call it before a read, and the returned function once the result is durable. */
  beginRead: (db: Queryable) => Promise<(ticketId: number) => void>;
}

/** More than the number of tickets that change while hints wait. */
const MOST_TICKETS = 20_000;

/** Inbox ids increase as events are received, so the highest one before a read says which events it covers, without clocks. */
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
