// Lists active alarms that are not acknowledged, and records who acknowledged one.
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { readOpenAlarms } from './alarms/settle-alarms.ts';
import { type AlarmKind, alarms } from './tables.ts';

interface ShownAlarm {
  readonly id: number;
  readonly kind: AlarmKind;
  /** A category's or driver's id, a survey, of refunds whose, or what differs and since which day; null: nothing in particular. */
  readonly about: string | null;
  /** What was judged: tickets of 24 hours, percent, customers, minutes, answers, refunds. */
  readonly n: number;
  readonly since: Date;
  /** A ticket to begin with. */
  readonly ticketId: number | null;
}

/** The longest first. */
export async function listAlarms(db: Queryable): Promise<ShownAlarm[]> {
  const open = await readOpenAlarms(db);
  return open
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .map(({ id, kind, about, n, since, ticketId }) => ({ id, kind, about: about || null, n, since, ticketId }));
}

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
