// Remembers how far a comparison came that was interrupted, so that the next one does not begin again.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { RefundDifference } from '../tables.ts';

const SETTING = 'refund_reconciliation_progress';
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
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  const progress = shape.safeParse(row?.value).data;
  return progress !== undefined && now.getTime() - progress.startedAt.getTime() < HOLDS_MS ? progress : null;
}

export async function saveProgress(db: Queryable, progress: ReconcileProgress): Promise<void> {
  const value = { ...progress, startedAt: progress.startedAt.toISOString() };
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

export async function clearProgress(db: Queryable): Promise<void> {
  await db.delete(settings).where(eq(settings.key, SETTING));
}
