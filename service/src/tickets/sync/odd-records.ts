// Stores records of Zendesk that could not be processed, and retries them.
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { type ListReading, type OddRecord, type OnListRead, ticketIdOf } from '../../zendesk/odd-record.ts';
import { oddRecords } from '../tables.ts';

export type StoredOddRecord = typeof oddRecords.$inferSelect;

/** Longest reason kept; a stack trace in a list helps nobody. */
const LONGEST_REASON = 500;

export interface SetAside extends OddRecord {
  ticketId: number | null;
  /** When it is tried again by itself; left out: when somebody asks, or Zendesk sends it anew. */
  retryAt?: Date;
}

/** Sets records aside, each once: found again it has the newer reason. */
export async function setAside(db: Queryable, records: readonly SetAside[]): Promise<void> {
  for (const { kind, id, ticketId, reason, retryAt = null } of records) {
    const row = { ticketId, reason: reason.slice(0, LONGEST_REASON), foundAt: sql`now()`, retryAt };
    await db
      .insert(oddRecords)
      .values({ kind, recordId: id, ...row })
      .onConflictDoUpdate({ target: [oddRecords.kind, oddRecords.recordId], set: row });
  }
}

/** Those set aside, oldest first. */
export function listOddRecords(db: Queryable, limit = 100): Promise<StoredOddRecord[]> {
  return db.select().from(oddRecords).orderBy(asc(oddRecords.id)).limit(limit);
}

/** How many are set aside. */
export function countOddRecords(db: Database): Promise<number> {
  return db.$count(oddRecords);
}

/**
 * Lets records (all, or those of `ids`) be tried again: those of a ticket with the next reading of the export, within a minute; those of
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

/** The tickets that are due to be tried again. */
export async function ticketsToRetry(db: Queryable, now: Date): Promise<number[]> {
  const rows = await db
    .selectDistinct({ ticketId: oddRecords.ticketId })
    .from(oddRecords)
    .where(lte(oddRecords.retryAt, now));
  return rows.flatMap(({ ticketId }) => ticketId ?? []);
}

/** Forgets what was tried again; what is still odd has been set aside anew meanwhile. */
export async function forgetRetried(db: Queryable, ticketId: number, now: Date): Promise<void> {
  await db.delete(oddRecords).where(and(eq(oddRecords.ticketId, ticketId), lte(oddRecords.retryAt, now)));
}

/** These tickets have been taken in: what was odd about them is over. */
export async function forgetTickets(db: Queryable, ticketIds: readonly number[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await db.delete(oddRecords).where(and(eq(oddRecords.kind, 'ticket'), inArray(oddRecords.ticketId, [...ticketIds])));
}

/** Keeps the table as the readings of lists say: what is odd is set aside, and what a whole list shows as good again is forgotten. */
export function keepOddRecords(db: Database, logger: Logger): OnListRead {
  /** Kinds of whole lists that had nothing odd when read last. */
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
    take(reading).catch((error: unknown) =>
      logger.warn(aboutError(error), 'Records that could not be read are not on the list of those set aside'),
    );
  };
}
