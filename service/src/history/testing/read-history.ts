// Reads the history of tickets.
import { asc, inArray } from 'drizzle-orm';
import type { HistoryEntry } from '../../figures/history-entry.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { history } from '../tables.ts';

/** In the order in which it happened; what happened in one action keeps its order. */
export async function readHistory(db: Queryable, ticketIds: readonly number[]): Promise<HistoryEntry[]> {
  if (ticketIds.length === 0) return [];
  const { ticketId, at, kind, value, ref, actor, actorId, public: isPublic, groupId, assigneeId, rule } = history;
  return db
    .select({ ticketId, at, kind, value, ref, actor, actorId, public: isPublic, groupId, assigneeId, rule })
    .from(history)
    .where(inArray(ticketId, [...ticketIds]))
    .orderBy(asc(ticketId), asc(at), asc(history.recordedAt));
}
