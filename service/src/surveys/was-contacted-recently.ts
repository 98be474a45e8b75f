// Checks whether a customer was asked recently.
import { and, eq, inArray, isNotNull, max, ne, or } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { addPolicyDuration } from './add-policy-duration.ts';
import { hashAddress } from './hashed-address.ts';
import type { SurveyPolicy } from './survey-settings.ts';
import { invitations } from './tables.ts';
import type { InvitationRow } from './why-not-send.ts';

/** Dead-lettered ones may have been sent, so they count. */
const MAY_HAVE_REACHED = ['sending', 'sent', 'answered', 'parked'] as const;

/** Counts all surveys. Call it under `lockRequester`; otherwise two processes could both find nothing. */
export async function wasContactedRecently(
  tx: Queryable,
  invitation: Pick<InvitationRow, 'id' | 'requesterId'> & { email: string },
  policy: SurveyPolicy,
  now: Date,
): Promise<boolean> {
  const [row] = await tx
    .select({ last: max(invitations.sentAt) })
    .from(invitations)
    .where(
      and(
        // A user who was merged into another still has the address in that row.
        or(
          eq(invitations.requesterId, invitation.requesterId),
          inArray(invitations.recipient, [invitation.email, hashAddress(invitation.email)]),
        ),
        isNotNull(invitations.sentAt),
        inArray(invitations.state, [...MAY_HAVE_REACHED]),
        ne(invitations.id, invitation.id),
      ),
    );
  if (!row?.last) return false;
  return addPolicyDuration(row.last, policy.surveys.contact_at_most_every, policy) > now;
}
