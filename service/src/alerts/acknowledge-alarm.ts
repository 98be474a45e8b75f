// Records who acknowledged an alarm, which removes it from the dashboard.
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { alarms } from './tables.ts';

/** False: no such alarm is on, or it was acknowledged before. */
export async function acknowledgeAlarm(
  db: Queryable,
  { id, who, at }: { readonly id: number; readonly who: string; readonly at: Date },
): Promise<boolean> {
  const changed = await db
    .update(alarms)
    .set({ acknowledgedAt: at, acknowledgedBy: who })
    .where(and(eq(alarms.id, id), isNull(alarms.until), isNull(alarms.acknowledgedAt)));
  return (changed.rowCount ?? 0) > 0;
}
