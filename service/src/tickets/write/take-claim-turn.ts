// How do processes take turns at claiming?
import { sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';

/** Any fixed pair; the two-number locks are apart from the one-number locks that guard single tickets. */
const LOCK = [4600, 2] as const;

/**
 * Waits for the turn and keeps it to the end of the transaction, a few milliseconds. A lock on rows is not enough: two processes
 * could each take another row of the same ticket.
 */
export async function takeClaimTurn(tx: Queryable): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK[0]}, ${LOCK[1]})`);
}
