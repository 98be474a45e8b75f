// Lists the alarms that are on, for the dashboard.
import type { Queryable } from '../platform/storage/database.ts';
import { readOpenAlarms } from './alarms/settle-alarms.ts';
import type { AlarmKind } from './tables.ts';

interface ShownAlarm {
  readonly kind: AlarmKind;
  /** A category's or driver's id, a survey, of refunds whose; null: nothing in particular. */
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
  return open.map(({ kind, about, n, since, ticketId }) => ({ kind, about: about || null, n, since, ticketId }));
}
