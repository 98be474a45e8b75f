// Counts what differed in the last comparison, and since when there was none, for alarms.
import { localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { RefundDifference } from '../tables.ts';
import { OVERDUE_MS } from './check-reconciliation.ts';
import { lastReconciliation } from './reconcile.ts';

export interface DifferenceCount {
  readonly what: RefundDifference['what'];
  /** The local day on which these were found first, `2026-11-30`. */
  readonly day: string;
  readonly n: number;
}

const DAY_MS = 24 * 3_600_000;

const ageOf = (last: { readonly at: Date }, now: Date): number => now.getTime() - last.at.getTime();

/** When the books were last compared, and how many whole days ago. Null: no longer ago than they may be, or never yet. */
export async function findOverdueComparison(db: Queryable, now: Date): Promise<{ at: Date; days: number } | null> {
  const last = await lastReconciliation(db);
  if (last === null || ageOf(last, now) <= OVERDUE_MS) return null;
  return { at: last.at, days: Math.floor(ageOf(last, now) / DAY_MS) };
}

/**
 * Of the last comparison, by kind and the day on which a comparison found them first. One that is too old says nothing of today, as when the provider
 * is no longer connected.
 */
export async function countLastDifferences(db: Queryable, timeZone: string, now: Date): Promise<DifferenceCount[]> {
  const last = await lastReconciliation(db);
  if (last === null || ageOf(last, now) > OVERDUE_MS) return [];
  const { rows } = await db.execute<{ what: RefundDifference['what']; first: string; n: number }>(sql`
    SELECT d->>'what' AS what, first, count(*)::int AS n
    FROM (
      SELECT d, min(r.at) AS first
      FROM refund_reconciliations r, jsonb_array_elements(r.differences) AS d
      GROUP BY d
      HAVING max(r.id) = (SELECT max(id) FROM refund_reconciliations)
    ) AS found
    GROUP BY d->>'what', first ORDER BY 2, 1`);
  const counts = new Map<string, DifferenceCount>();
  for (const { what, first, n } of rows) {
    const day = localDate(Date.parse(first), timeZone);
    const key = `${what} ${day}`;
    counts.set(key, { what, day, n: n + (counts.get(key)?.n ?? 0) });
  }
  return [...counts.values()];
}
