// Deletes surveys and their answers once they were kept long enough.
import { inArray } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import { invitations, responses } from './tables.ts';

/** Those that ended; one that is dead-lettered stays until somebody has seen to it. Aborted, it ends after the rows in hand. */
export async function pruneSurveys(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  const ended = inArray(invitations.state, ['sent', 'answered', 'cancelled']);
  const children = responses.invitationId;
  await deleteOldRows(db, { table: invitations, at: invitations.createdAt, where: ended, children }, before, signal);
}
