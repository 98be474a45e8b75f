// Keeps the state, group and agent of an erased ticket up to date: they contain no text.
import { and, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { tickets } from '../tables.ts';
import { isFinished } from './apply-snapshot.ts';
import type { TicketSnapshot } from './ticket-row.ts';

type Standing = Pick<TicketSnapshot, 'id' | 'status' | 'groupId' | 'assigneeId' | 'updatedAt' | 'snapshotAt'>;

/** Does nothing for a ticket that is deleted or not erased, or for an older snapshot. */
export async function followErased(db: Queryable, standing: Standing): Promise<void> {
  const { id, status, groupId, assigneeId, updatedAt, snapshotAt } = standing;
  const solvedAt = isFinished(status) ? sql`coalesce(${tickets.solvedAt}, ${snapshotAt.toISOString()})` : null;
  const sameSecond = and(eq(tickets.updatedAt, updatedAt), lte(tickets.snapshotAt, snapshotAt));
  await db
    .update(tickets)
    .set({ status, groupId, assigneeId, updatedAt, snapshotAt, solvedAt })
    .where(
      and(
        eq(tickets.id, id),
        isNotNull(tickets.erasedAt),
        isNull(tickets.gone),
        or(lt(tickets.updatedAt, updatedAt), sameSecond),
      ),
    );
}
