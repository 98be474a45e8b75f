// Stores records of Zendesk that could not be processed, and retries them.
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { type ListReading, type OddRecord, type OnListRead, ticketIdOf } from '../../zendesk/odd-record.ts';
import { oddRecords } from '../tables.ts';

export type StoredOddRecord = typeof oddRecords.$inferSelect;

/** The longest reason stored; a list has no use for a stack trace. */
const LONGEST_REASON = 500;

export interface SetAside extends OddRecord {
  ticketId: number | null;
  /** When it is retried automatically; omitted: on request, or when Zendesk sends it again. */
  retryAt?: Date;
}

/** Dead-letters records, each once: a repeated one gets the newer reason. */
export async function setAside(db: Queryable, records: readonly SetAside[]): Promise<void> {
  for (const { kind, id, ticketId, reason, retryAt = null } of records) {
    const row = { ticketId, reason: reason.slice(0, LONGEST_REASON), foundAt: sql`now()`, retryAt };
    await db
      .insert(oddRecords)
      .values({ kind, recordId: id, ...row })
      .onConflictDoUpdate({ target: [oddRecords.kind, oddRecords.recordId], set: row });
  }
}

/** Dead-lettered records, oldest first. */
export function listOddRecords(db: Queryable, limit = 100): Promise<StoredOddRecord[]> {
  return db.select().from(oddRecords).orderBy(asc(oddRecords.id)).limit(limit);
}

/** The number of dead-lettered records. */
export function countOddRecords(db: Database): Promise<number> {
  return db.$count(oddRecords);
}

/**
 * Retries records (all, or those in `ids`): those of a ticket with the next read of the export, within a minute; those of
 * a list of the account when that list is read next. Returns how many.
 */
export async function retryOddRecords(db: Queryable, now: Date, ids: readonly number[] | 'all'): Promise<number> {
  if (ids !== 'all' && ids.length === 0) return 0;
  const chosen = ids === 'all' ? undefined : inArray(oddRecords.id, [...ids]);
  const ofLists = await db
    .delete(oddRecords)
    .where(and(chosen, isNull(oddRecords.ticketId)))
    .returning({ id: oddRecords.id });
  const ofTickets = await db.update(oddRecords).set({ retryAt: now }).where(chosen).returning({ id: oddRecords.id });
  return ofLists.length + ofTickets.length;
}

/** The tickets that are due for a retry. */
export async function ticketsToRetry(db: Queryable, now: Date): Promise<number[]> {
  const rows = await db
    .selectDistinct({ ticketId: oddRecords.ticketId })
    .from(oddRecords)
    .where(lte(oddRecords.retryAt, now));
  return rows.flatMap(({ ticketId }) => ticketId ?? []);
}

/** Deletes retried records; those still unreadable have been dead-lettered again meanwhile. */
export async function forgetRetried(db: Queryable, ticketId: number, now: Date): Promise<void> {
  await db.delete(oddRecords).where(and(eq(oddRecords.ticketId, ticketId), lte(oddRecords.retryAt, now)));
}

/** Deletes the records of tickets that have been processed since. */
export async function forgetTickets(db: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await db.delete(oddRecords).where(and(eq(oddRecords.kind, 'ticket'), inArray(oddRecords.ticketId, [...ticketIds])));
}

/** Updates the table after reads of lists: unreadable records are dead-lettered, and those that a complete list shows as readable are deleted. */
export function keepOddRecords(db: Database, logger: Logger): OnListRead {
  /** Kinds of complete lists without unreadable records at the last read. */
  const clean = new Set<string>();

  async function take({ kind, ticketId, whole, odd }: ListReading): Promise<void> {
    if (odd.length > 0) {
      logger.warn(
        { kind, ticketId, records: odd.slice(0, 10) },
        'Records of Zendesk could not be read and were left out',
      );
      await setAside(
        db,
        odd.map((record) => ({ ...record, ticketId: ticketId ?? ticketIdOf(record) })),
      );
    }
    if (!whole || ticketId !== null) return;
    if (odd.length === 0 && clean.has(kind)) return;
    const still = odd.map(({ id }) => id);
    await db
      .delete(oddRecords)
      .where(and(eq(oddRecords.kind, kind), sql`${oddRecords.recordId} <> ALL(${sql.param(still)}::text[])`));
    if (odd.length === 0) clean.add(kind);
    else clean.delete(kind);
  }

  return (reading) => {
    take(reading).catch((error: unknown) => logger.warn(aboutError(error), 'Could not dead-letter unreadable records'));
  };
}
