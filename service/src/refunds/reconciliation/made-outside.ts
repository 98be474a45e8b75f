// Reads refunds that were made outside the service and entered into the books.
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

/** Not those that came back since. @param which a condition on `l` */
const madeOutside = (which: SQL) => sql`FROM ledger_entries l WHERE l.kind = 'outside' AND ${which}
  AND NOT EXISTS (SELECT FROM ledger_entries b WHERE b.payment = l.payment AND b.provider_ref = l.provider_ref AND b.kind = 'reversed')`;

/** How many were entered on a local day (`2026-11-30`), whenever they were made. */
export async function countEnteredOutside(db: Queryable, timeZone: string, day: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n ${madeOutside(sql`l.at >= ${day}::date::timestamp AT TIME ZONE ${timeZone}
      AND l.at < (${day}::date + 1)::timestamp AT TIME ZONE ${timeZone}`)}`,
  );
  return rows[0]?.n ?? 0;
}

export interface MadeOutside {
  readonly payment: string;
  /** The provider's id of the refund. */
  readonly refund: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** On which it was made, `2026-11-30`. */
  readonly day: string;
}

/** Those entered since then, the newest first. */
export async function listMadeOutside(db: Queryable, since: Date): Promise<MadeOutside[]> {
  const { rows } = await db.execute<{ [Key in keyof MadeOutside]: MadeOutside[Key] }>(
    sql`SELECT l.payment, l.provider_ref AS refund, l.amount_minor::float8 AS "amountMinor", l.currency, l.day::text AS day
      ${madeOutside(sql`l.at >= ${since.toISOString()}::timestamptz`)} ORDER BY l.seq DESC`,
  );
  return rows;
}
