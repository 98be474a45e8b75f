// Dead-letters invitations whose process died while it handed the mail over.
import { and, eq, lte } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { invitations } from './tables.ts';

/**
 * The mail may be with the server or not, and SMTP has no way to ask. We promise "no mail twice", so it is dead-lettered for an
 * operator, who can look for its Message-ID in the mail log. Its link works, should it have arrived. Returns how many.
 */
export async function deadLetterAbandonedInvitations(db: Database, now: Date): Promise<number> {
  const parked = await db
    .update(invitations)
    .set({
      state: 'parked',
      reason: 'mail_in_doubt',
      detail: 'The process ended while the mail was handed over.',
      claimedUntil: null,
    })
    .where(and(eq(invitations.state, 'sending'), lte(invitations.claimedUntil, now)))
    .returning({ id: invitations.id });
  return parked.length;
}
