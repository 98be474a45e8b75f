// Which due surveys does this process take on?
import { and, eq, inArray, isNull, lte, or } from 'drizzle-orm';
import type { Database } from '../storage/database.ts';
import { invitations } from '../storage/schema.ts';

const LEASE_MS = 5 * 60_000;

/**
 * Takes up to `limit` due invitations that no other process works on, oldest first, and keeps them for five minutes: after a
 * crash another process finds them again.
 */
export async function claimDueInvitations(db: Database, now: Date, limit: number): Promise<number[]> {
  const due = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.state, 'scheduled'),
        lte(invitations.dueAt, now),
        or(isNull(invitations.claimedUntil), lte(invitations.claimedUntil, now)),
      ),
    )
    .orderBy(invitations.dueAt, invitations.id)
    .limit(limit)
    .for('update', { skipLocked: true });
  const claimed = await db
    .update(invitations)
    .set({ claimedUntil: new Date(now.getTime() + LEASE_MS) })
    .where(inArray(invitations.id, due))
    .returning({ id: invitations.id });
  return claimed.map(({ id }) => id);
}

/** Gives back what was claimed and not begun. */
export async function releaseInvitations(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(invitations)
    .set({ claimedUntil: null })
    .where(and(inArray(invitations.id, [...ids]), eq(invitations.state, 'scheduled')));
}
