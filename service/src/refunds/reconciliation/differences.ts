// Counts what differed in the last comparison, and words what differs between the books of refunds and Stripe.
import { localDate } from '@deskwright/shared';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { RefundDifference } from '../tables.ts';
import { OVERDUE_MS } from './check-reconciliation.ts';
import { lastReconciliation } from './reconcile.ts';

interface DifferenceCount {
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

const SAYS: Readonly<Record<RefundDifference['what'], readonly [one: string, many: string]>> = {
  not_in_books: ['is at Stripe and does not fit into the books', 'are at Stripe and do not fit into the books'],
  not_at_provider: ['is in the books and not at Stripe', 'are in the books and not at Stripe'],
  other_amount: ['has another amount at Stripe than in the books', 'have another amount at Stripe than in the books'],
  made_although_given_back: [
    'was made although the books had released its amount',
    'were made although the books had released their amounts',
  ],
  not_compared: ['could not be compared', 'could not be compared'],
};

/** `is in the books and not at Stripe`: a refund or, of `not_compared`, a payment. */
export const describeDifference = (what: RefundDifference['what']): string => SAYS[what][0];

/** Headlines of alarms. */
export const BOOKS_DIFFER = 'The books of refunds and Stripe differ';
export const BOOKS_NOT_COMPARED = 'The books of refunds are not compared with Stripe';

/** `2 refunds are in the books and not at Stripe`. @param what of a `RefundDifference` */
export function countDifferences(what: string, n: number): string {
  const thing = what === 'not_compared' ? 'payment' : 'refund';
  const [one, many] = SAYS[what as RefundDifference['what']] ?? ['differs', 'differ'];
  return n === 1 ? `1 ${thing} ${one}` : `${n} ${thing}s ${many}`;
}

/** `3 days have passed since the last comparison` */
export const daysWithoutComparison = (n: number): string =>
  `${n} ${n === 1 ? 'day has' : 'days have'} passed since the last comparison`;
