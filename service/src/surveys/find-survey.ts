// Finds the survey behind a link and its state.
import { eq } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { invitations, responses } from './tables.ts';
import type { InvitationRow } from './why-not-send.ts';

type ResponseRow = typeof responses.$inferSelect;

export type FoundSurvey =
  | { state: 'unknown' }
  | { state: 'cancelled'; invitation: InvitationRow }
  | { state: 'open' | 'expired'; invitation: InvitationRow; expiresAt: Date; answer: ResponseRow | null };

/**
 * Finds a survey by the hash of its token. One whose delivery is in doubt is open too: whoever has the link received the mail.
 * `lock`: locks the invitation for the caller's transaction, so that two answers are recorded one after the other.
 */
export async function findSurvey(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
  options: { lock?: boolean } = {},
): Promise<FoundSurvey> {
  const query = db.select().from(invitations).where(eq(invitations.tokenHash, tokenHash));
  const [invitation] = await (options.lock ? query.for('update') : query);
  if (!invitation) return { state: 'unknown' };
  const { state, expiresAt } = invitation;
  if (state === 'cancelled' || state === 'scheduled' || !expiresAt) return { state: 'cancelled', invitation };
  const [answer] = await db.select().from(responses).where(eq(responses.invitationId, invitation.id));
  return { state: expiresAt > now ? 'open' : 'expired', invitation, expiresAt, answer: answer ?? null };
}
