// Records that the books could not be compared with the provider, for operators.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const SETTING = 'refund_reconciliation_failure';
const failureShape = z.object({ at: z.coerce.date(), error: z.string(), againAt: z.coerce.date().optional() });

export type ReconcileFailure = z.output<typeof failureShape>;

/**
 * Kept when a later comparison succeeds: whoever reads it compares the times.
 * @param againAt before which the provider is not asked again
 */
export async function noteReconcileFailure(db: Queryable, thrown: unknown, now: Date, againAt: Date): Promise<void> {
  const value = { at: now.toISOString(), error: aboutError(thrown).error, againAt: againAt.toISOString() };
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** The last one; null: there was none. */
export async function lastReconcileFailure(db: Queryable): Promise<ReconcileFailure | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return failureShape.safeParse(row?.value).data ?? null;
}
