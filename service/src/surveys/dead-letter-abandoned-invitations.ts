// Dead-letters invitations whose process died while it was handing the mail over.
import { and, eq, lte } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { invitations } from './tables.ts';

/**
 * The server may or may not have the mail, and SMTP offers no way to find out. Because we never send a survey twice, it is dead-lettered
 * for an operator, who can search the mail log for its Message-ID. If the mail did arrive, its link works. Returns how many.
 */
export async function deadLetterAbandonedInvitations(db: Database, now: Date): Promise<number> {
  const parked = await db
    .update(invitations)
    .set({
      state: 'parked',
      reason: 'mail_in_doubt',
      detail: 'The process ended while it was handing the mail over.',
      claimedUntil: null,
    })
    .where(and(eq(invitations.state, 'sending'), lte(invitations.claimedUntil, now)))
    .returning({ id: invitations.id });
  return parked.length;
}
