// Lists active alarms that are not acknowledged.
import type { Queryable } from '../platform/storage/database.ts';
import { readOpenAlarms } from './alarms/settle-alarms.ts';
import type { AlarmKind } from './tables.ts';

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
