// Records the outcome of handing a mail to the server, and when to try again.
import { and, eq, inArray } from 'drizzle-orm';
import type { MailOutcome } from '../mail/mail-sender.ts';
import type { Database } from '../platform/storage/database.ts';
import { invitations } from './tables.ts';
import type { InvitationRow } from './why-not-send.ts';

export type Settled = 'sent' | 'cancelled' | 'failed' | 'retried';

type Change = Partial<typeof invitations.$inferInsert>;

/**
 * Records the outcome of a hand-over, only while the row still has this token: if a customer has answered already, or an
 * operator has retried it, nothing changes. A row that was dead-lettered because we took too long is corrected.
 */
export async function settleInvitation(
  db: Database,
  invitation: Pick<InvitationRow, 'id' | 'attempts'>,
  tokenHash: Buffer,
  result: MailOutcome,
  now: Date,
): Promise<Settled> {
  const { settled, change } = changeFor(invitation, result, now);
  await db
    .update(invitations)
    .set(change)
    .where(
      and(
        eq(invitations.id, invitation.id),
        eq(invitations.tokenHash, tokenHash),
        inArray(invitations.state, ['sending', 'parked']),
      ),
    );
  return settled;
}

function changeFor(
  { attempts }: Pick<InvitationRow, 'attempts'>,
  result: MailOutcome,
  now: Date,
): { settled: Settled; change: Change } {
  switch (result.outcome) {
    case 'accepted':
      return { settled: 'sent', change: { state: 'sent', reason: null, detail: null, claimedUntil: null } };
    case 'recipient_refused':
      return {
        settled: 'cancelled',
        change: { ...NOT_SENT, state: 'cancelled', reason: 'mail_recipient_refused', detail: result.answer },
      };
    case 'message_refused':
      return {
        settled: 'failed',
        change: { ...NOT_SENT, state: 'parked', reason: 'mail_message_refused', detail: result.answer },
      };
    case 'try_later':
      return {
        settled: 'retried',
        change: {
          ...NOT_SENT,
          state: 'scheduled',
          detail: result.answer,
          attempts: attempts + 1,
          claimedUntil: retryAt(attempts + 1, now),
        },
      };
    case 'in_doubt':
      return {
        settled: 'failed',
        change: { state: 'parked', reason: 'mail_in_doubt', detail: result.answer, claimedUntil: null },
      };
  }
}

/** No mail was sent: the link is void, and the customer counts as not contacted. */
const NOT_SENT = { tokenHash: null, sentAt: null, expiresAt: null, claimedUntil: null } as const;

const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** One minute after the first attempt, doubling up to an hour. */
export function retryAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS));
}
