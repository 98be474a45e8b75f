// Acts on an answer: adds it to its ticket, opens a follow-up, and sends thanks.
import type { Queryable } from '../../platform/storage/database.ts';
import { followUpAnswer } from '../follow-ups/follow-up-answer.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { thankPromoter } from '../thank-you/thank-promoter.ts';
import type { InvitationRow } from '../why-not-send.ts';
import { putOnTicket } from './put-on-ticket.ts';
import type { Settled } from './settle-answer.ts';

/** In the transaction that settles the answer. Everything is recorded as effects, each once however often it is called. */
export async function actOnAnswer(
  tx: Queryable,
  invitation: InvitationRow,
  settled: Settled,
  policy: SurveyPolicy,
  now: Date,
): Promise<void> {
  await putOnTicket(tx, invitation, settled, policy);
  await followUpAnswer(tx, invitation, settled, policy, now);
  await thankPromoter(tx, invitation, settled, policy, now);
}
