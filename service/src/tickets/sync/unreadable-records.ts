// Stores records of Zendesk that could not be processed, and retries them.
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import {
  type ListReading,
  type OnListRead,
  ticketIdOf,
  type UnreadableRecord,
} from '../../zendesk/unreadable-record.ts';
import type { ExportPage } from '../../zendesk/zendesk.ts';
import { unreadableRecords } from '../tables.ts';

export type StoredUnreadableRecord = typeof unreadableRecords.$inferSelect;

/** The longest reason stored; a list has no use for a stack trace. */
const LONGEST_REASON = 500;

export interface DeadLetteredRecord extends UnreadableRecord {
  ticketId: number | null;
  /** When it is retried automatically; omitted: on request, or when Zendesk sends it again. */
  retryAt?: Date;
}

/** Dead-letters records, each once: a repeated one gets the newer reason. */
export async function deadLetterRecords(db: Queryable, records: readonly DeadLetteredRecord[]): Promise<void> {
  for (const { kind, id, ticketId, reason, retryAt = null } of records) {
    const row = { ticketId, reason: reason.slice(0, LONGEST_REASON), foundAt: sql`now()`, retryAt };
    await db
      .insert(unreadableRecords)
      .values({ kind, recordId: id, ...row })
      .onConflictDoUpdate({ target: [unreadableRecords.kind, unreadableRecords.recordId], set: row });
  }
}

/** Dead-letters the tickets of a page of the export that could not be read. */
export async function storeUnreadableTickets(
  db: Queryable,
  { unreadable = [] }: Pick<ExportPage, 'unreadable'>,
): Promise<void> {
  await deadLetterRecords(
    db,
    unreadable.map((record) => ({ ...record, ticketId: ticketIdOf(record) })),
  );
}

/** Dead-lettered records, oldest first. */
export function listUnreadableRecords(db: Queryable, limit = 100): Promise<StoredUnreadableRecord[]> {
  return db.select().from(unreadableRecords).orderBy(asc(unreadableRecords.id)).limit(limit);
}

/** The number of dead-lettered records. */
export function countUnreadableRecords(db: Database): Promise<number> {
  return db.$count(unreadableRecords);
}

/**
 * Retries records (all, or those in `ids`): those of a ticket with the next read of the export, within a minute; those of
 * a list of the account when that list is read next. Returns how many.
 */
export async function retryUnreadableRecords(
  db: Queryable,
  now: Date,
  ids: readonly number[] | 'all',
): Promise<number> {
  if (ids !== 'all' && ids.length === 0) return 0;
  const chosen = ids === 'all' ? undefined : inArray(unreadableRecords.id, [...ids]);
  const ofLists = await db
    .delete(unreadableRecords)
    .where(and(chosen, isNull(unreadableRecords.ticketId)))
    .returning({ id: unreadableRecords.id });
  const ofTickets = await db
    .update(unreadableRecords)
    .set({ retryAt: now })
    .where(chosen)
    .returning({ id: unreadableRecords.id });
  return ofLists.length + ofTickets.length;
}

/** The tickets that are due for a retry. */
export async function ticketsToRetry(db: Queryable, now: Date): Promise<number[]> {
  const rows = await db
    .selectDistinct({ ticketId: unreadableRecords.ticketId })
    .from(unreadableRecords)
    .where(lte(unreadableRecords.retryAt, now));
  return rows.flatMap(({ ticketId }) => ticketId ?? []);
}

/** Deletes retried records; those still unreadable have been dead-lettered again meanwhile. */
export async function deleteRetried(db: Queryable, ticketId: number, now: Date): Promise<void> {
  await db
    .delete(unreadableRecords)
    .where(and(eq(unreadableRecords.ticketId, ticketId), lte(unreadableRecords.retryAt, now)));
}

/** Deletes the records of tickets that have been processed since. */
export async function deleteRecordsOfTickets(db: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await db
    .delete(unreadableRecords)
    .where(and(eq(unreadableRecords.kind, 'ticket'), inArray(unreadableRecords.ticketId, [...ticketIds])));
}

/** Updates the table after reads of lists: unreadable records are dead-lettered, and those that a complete list shows as readable are deleted. */
export function storeUnreadableRecords(db: Database, logger: Logger): OnListRead {
  /** Kinds of complete lists without unreadable records at the last read. */
  const clean = new Set<string>();

  async function take({ kind, ticketId, complete, unreadable }: ListReading): Promise<void> {
    if (unreadable.length > 0) {
      logger.warn(
        { kind, ticketId, records: unreadable.slice(0, 10) },
        'Records of Zendesk could not be read and were left out',
      );
      await deadLetterRecords(
        db,
        unreadable.map((record) => ({ ...record, ticketId: ticketId ?? ticketIdOf(record) })),
      );
    }
    if (!complete || ticketId !== null) return;
    if (unreadable.length === 0 && clean.has(kind)) return;
    const still = unreadable.map(({ id }) => id);
    await db
      .delete(unreadableRecords)
      .where(
        and(eq(unreadableRecords.kind, kind), sql`${unreadableRecords.recordId} <> ALL(${sql.param(still)}::text[])`),
      );
    if (unreadable.length === 0) clean.add(kind);
    else clean.delete(kind);
  }

  return (reading) => {
    take(reading).catch((error: unknown) => logger.warn(aboutError(error), 'Could not dead-letter unreadable records'));
  };
}
