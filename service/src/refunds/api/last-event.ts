// Records when the provider's last webhook was received, for operators.
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';

const SETTING = 'stripe_event_received';

export async function noteEvent(db: Queryable, now: Date): Promise<void> {
  const value = now.toISOString();
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** Of those with a right signature. Null: there was none yet. */
export async function lastEventAt(db: Queryable): Promise<Date | null> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return row === undefined ? null : new Date(String(row.value));
}
