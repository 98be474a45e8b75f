// Erases customers' words whose retention has ended.
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { daysBefore } from '../../platform/storage/delete-old-rows.ts';
import type { ErasingHook } from '../hooks.ts';
import { eraseTickets } from '../projection/erase-tickets.ts';
import { inbox, tickets } from '../tables.ts';

/** Each needs a lock until the transaction ends, and agents wait for it. */
const AT_A_TIME = 100;

/**
 * Erases the text of tickets that have been closed or deleted for longer than `words` (`180d`) before `now`, one batch per transaction; the bodies
 * of events that were dead-lettered as long ago; and the names of customers without remaining text. Returns how many tickets. When aborted, it
 * ends after the current batch.
 */
export async function pruneWords(
  db: Database,
  { words, now, hooks, signal }: { words: string; now: Date; hooks: readonly ErasingHook[]; signal?: AbortSignal },
): Promise<number> {
  const before = daysBefore(now, words);
  let total = 0;
  for (;;) {
    if (signal?.aborted) return total;
    const old = await db
      .select({ id: tickets.id })
      .from(tickets)
      .where(
        and(
          isNull(tickets.erasedAt),
          or(eq(tickets.status, 'closed'), isNotNull(tickets.gone)),
          lt(tickets.updatedAt, before),
        ),
      )
      .orderBy(tickets.updatedAt)
      .limit(AT_A_TIME);
    if (old.length === 0) break;
    const ids = old.map(({ id }) => id);
    await db.transaction((tx) => eraseTickets(tx, { ids, now, gone: false, hooks }));
    total += ids.length;
  }
  await db
    .update(inbox)
    .set({ body: {} })
    .where(and(eq(inbox.state, 'parked'), lt(inbox.receivedAt, before), sql`${inbox.body} <> '{}'`));
  const hasWords = db
    .select({ one: sql`1` })
    .from(tickets)
    .where(and(eq(tickets.requesterId, people.id), isNull(tickets.erasedAt)));
  await db
    .delete(people)
    .where(and(eq(people.role, 'end-user'), lt(people.fetchedAt, before), sql`NOT EXISTS (${hasWords})`));
  return total;
}
