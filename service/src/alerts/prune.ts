// Deletes alarms that ended, and reminders, when their retention ends.
import { isNotNull } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { alarms, reminders } from './tables.ts';

export async function pruneAlerts(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  await deleteOldRows(db, { table: alarms, at: alarms.since, where: isNotNull(alarms.until) }, before, signal);
  await deleteOldRows(db, { table: reminders, at: reminders.toldAt }, before, signal);
}
