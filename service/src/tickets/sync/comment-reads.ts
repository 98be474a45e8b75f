// Stores the tickets whose comments are still to be read, after all tickets of the export.
import { asc, count, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { ZendeskMetricSet, ZendeskTicket } from '../../zendesk/zendesk.ts';
import { commentReads } from '../tables.ts';

/** A ticket whose comments are to be read, as the export showed it. */
export type CommentRead = typeof commentReads.$inferSelect;

/** Notes the tickets; one that is noted already is noted as it is now. */
export async function addCommentReads(
  db: Queryable,
  reads: readonly { ticket: ZendeskTicket; metrics: Partial<ZendeskMetricSet> | undefined }[],
): Promise<void> {
  if (reads.length === 0) return;
  await db
    .insert(commentReads)
    .values(
      reads.map(({ ticket, metrics }) => ({
        ticketId: ticket.id,
        createdAt: new Date(ticket.created_at),
        updatedAt: new Date(ticket.updated_at),
        replies: metrics?.replies,
        reopens: metrics?.reopens,
        latestCommentAt: metrics?.latest_comment_added_at ? new Date(metrics.latest_comment_added_at) : null,
      })),
    )
    .onConflictDoUpdate({
      target: commentReads.ticketId,
      set: {
        updatedAt: sql`excluded.updated_at`,
        replies: sql`excluded.replies`,
        reopens: sql`excluded.reopens`,
        latestCommentAt: sql`excluded.latest_comment_at`,
      },
    });
}

/** All of them, oldest ticket first. */
export function listCommentReads(db: Database): Promise<CommentRead[]> {
  return db.select().from(commentReads).orderBy(asc(commentReads.createdAt));
}

export async function countCommentReads(db: Database): Promise<number> {
  const [row] = await db.select({ n: count() }).from(commentReads);
  return row?.n ?? 0;
}

export async function deleteCommentReads(db: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length > 0) await db.delete(commentReads).where(inArray(commentReads.ticketId, [...ticketIds]));
}
