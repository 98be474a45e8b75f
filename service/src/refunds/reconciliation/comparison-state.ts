// Remembers that a comparison failed, and how far one came that was interrupted, so that the next one does not begin again.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { RefundDifference } from '../tables.ts';

const PROGRESS = 'refund_reconciliation_progress';
/** Later, what was compared may have changed: then all is compared again. Milliseconds. */
const HOLDS_MS = 6 * 3_600_000;

const difference = z.custom<RefundDifference>((value) => typeof value === 'object' && value !== null);
const shape = z.object({
  startedAt: z.coerce.date(),
  /** Names of payments. */
  done: z.array(z.string()),
  differences: z.array(difference),
});

export type ReconcileProgress = z.output<typeof shape>;

/** Null: there is none, or it is too old to go on with. */
export async function readProgress(db: Queryable, now: Date): Promise<ReconcileProgress | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, PROGRESS));
  const progress = shape.safeParse(row?.value).data;
  return progress !== undefined && now.getTime() - progress.startedAt.getTime() < HOLDS_MS ? progress : null;
}

export async function saveProgress(db: Queryable, progress: ReconcileProgress): Promise<void> {
  const value = { ...progress, startedAt: progress.startedAt.toISOString() };
  await db
    .insert(settings)
    .values({ key: PROGRESS, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

export async function clearProgress(db: Queryable): Promise<void> {
  await db.delete(settings).where(eq(settings.key, PROGRESS));
}

const FAILURE = 'refund_reconciliation_failure';
const failureShape = z.object({ at: z.coerce.date(), error: z.string(), againAt: z.coerce.date().optional() });

type ReconcileFailure = z.output<typeof failureShape>;

/**
 * Kept when a later comparison succeeds: whoever reads it compares the times.
 * @param againAt before which the provider is not asked again
 */
export async function noteReconcileFailure(db: Queryable, thrown: unknown, now: Date, againAt: Date): Promise<void> {
  const value = { at: now.toISOString(), error: aboutError(thrown).error, againAt: againAt.toISOString() };
  await db
    .insert(settings)
    .values({ key: FAILURE, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** The last one; null: there was none. */
export async function lastReconcileFailure(db: Queryable): Promise<ReconcileFailure | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, FAILURE));
  return failureShape.safeParse(row?.value).data ?? null;
}
