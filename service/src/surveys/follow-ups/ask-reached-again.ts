// Surveys a detractor again who was reached, if the policy says so.
import type { Policy } from '@deskwright/shared';
import { and, eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { askAgain } from '../campaigns/start-campaign.ts';
import { lockContact, readRest } from '../contact-ledger.ts';
import { addPolicyDuration } from '../survey-policy.ts';
import { invitations } from '../tables.ts';
import { type FollowUpRow, followUpAnswers } from './tables.ts';

/**
 * When an answer to NPS is among those that are followed up. The rest between two surveys of any kind (`contact_at_most_every`) is waited for, so that the note on
 * the ticket says when the survey is sent as far as is known; the cadence of NPS (`every`) is not, because only an answer soon after the call shows what it changed.
 * Returns when the survey is due; null: the customer is not surveyed again.
 */
export async function askReachedAgain(
  tx: Queryable,
  { id: followUpId, requesterId }: Pick<FollowUpRow, 'id' | 'requesterId'>,
  policy: Policy,
  now: Date,
): Promise<Date | null> {
  const { nps } = policy.surveys;
  if (nps?.follow_up?.ask_again !== true || !(await concernsNps(tx, followUpId))) return null;
  const [person] = await tx.select({ email: people.email }).from(people).where(eq(people.id, requesterId));
  const contact = { requesterId, email: person?.email?.trim().toLowerCase() ?? '' };
  await lockContact(tx, contact);
  const rest = await readRest(tx, contact, { survey: 'nps', policy });
  const wanted = addPolicyDuration(now, nps.ask_again_after, policy);
  const dueAt = rest && rest.until > wanted ? rest.until : wanted;
  return askAgain(tx, { requesterId, dueAt, now });
}

async function concernsNps(tx: Queryable, followUpId: number): Promise<boolean> {
  const found = await tx
    .select({ id: invitations.id })
    .from(followUpAnswers)
    .innerJoin(invitations, eq(invitations.id, followUpAnswers.invitationId))
    .where(and(eq(followUpAnswers.followUpId, followUpId), eq(invitations.survey, 'nps')))
    .limit(1);
  return found.length > 0;
}
