// Deletes alarms that ended, reminders, and what Slack's threads are about, when their retention ends.
import { isNotNull } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { slackThreads } from '../slack/tables.ts';
import { alarms, reminders } from './tables.ts';

export async function pruneAlerts(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  await deleteOldRows(db, { table: alarms, at: alarms.since, where: isNotNull(alarms.until) }, before, signal);
  await deleteOldRows(db, { table: reminders, at: reminders.toldAt }, before, signal);
  await deleteOldRows(db, { table: slackThreads, at: slackThreads.at }, before, signal);
}
