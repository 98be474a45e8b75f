// Counts what differed in the last comparison, for alarms, or says that there was none for too long.
import { localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { RefundDifference } from '../tables.ts';
import { OVERDUE_MS } from './check-reconciliation.ts';
import { lastReconciliation } from './reconcile.ts';

export interface DifferenceCount {
  readonly what: RefundDifference['what'] | 'overdue';
  /** The local day on which these were found first, `2026-11-30`; of `overdue` that of the last comparison. */
  readonly day: string;
  /** Of `overdue` whole days since then. */
  readonly n: number;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Of the last comparison, by kind and the day on which a comparison found them first. One that is too old says nothing of today, as when the provider
 * is no longer connected: then only `overdue`.
 */
export async function countLastDifferences(db: Queryable, timeZone: string, now: Date): Promise<DifferenceCount[]> {
  const last = await lastReconciliation(db);
  if (last === null) return [];
  const ageMs = now.getTime() - last.at.getTime();
  if (ageMs > OVERDUE_MS)
    return [{ what: 'overdue', day: localDate(last.at.getTime(), timeZone), n: Math.floor(ageMs / DAY_MS) }];
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
