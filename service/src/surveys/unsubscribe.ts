// Unsubscribes and resubscribes customers.
import { eq } from 'drizzle-orm';
import type { Database } from '../platform/storage/database.ts';
import { invitations, unsubscribed } from './tables.ts';

export interface Subscriber {
  email: string;
  locale: string | null;
  unsubscribed: boolean;
}

/** The customer a link was sent to; null when the link is unknown. Links to unsubscribe do not expire. */
export async function findSubscriber(db: Database, tokenHash: Buffer): Promise<Subscriber | null> {
  const [row] = await db
    .select({ email: invitations.recipient, locale: invitations.locale, since: unsubscribed.since })
    .from(invitations)
    .leftJoin(unsubscribed, eq(unsubscribed.email, invitations.recipient))
    .where(eq(invitations.tokenHash, tokenHash));
  return row?.email ? { email: row.email, locale: row.locale, unsubscribed: row.since !== null } : null;
}

/** Permanent, for all surveys. Scheduled invitations are cancelled when they become due. */
export async function unsubscribe(db: Database, email: string, now: Date): Promise<void> {
  await db.insert(unsubscribed).values({ email, since: now }).onConflictDoNothing();
}

export async function resubscribe(db: Database, email: string): Promise<void> {
  await db.delete(unsubscribed).where(eq(unsubscribed.email, email));
}
