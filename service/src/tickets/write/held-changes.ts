// Holds changes back until there are enough of them for a bulk job.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';

/** If the process dies before it releases them, they are written after this long. */
const LONGEST_HOLD = sql`interval '1 minute'`;

/** Holds a change that was recorded in this transaction; call `releaseTicketChanges`. Returns its key. */
export async function holdTicketChange(tx: Queryable, key: string): Promise<string> {
  await tx
    .update(outbox)
    .set({ dueAt: sql`now() + ${LONGEST_HOLD}` })
    .where(and(eq(outbox.key, key), eq(outbox.state, 'waiting')));
  return key;
}

/** Makes held changes due together. Those that were attempted meanwhile, together with a newer one of their ticket, keep their time. */
export async function releaseTicketChanges(db: Queryable, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await db
    .update(outbox)
    .set({ dueAt: sql`now()` })
    .where(and(inArray(outbox.key, [...keys]), eq(outbox.state, 'waiting'), eq(outbox.claims, 0)));
}
