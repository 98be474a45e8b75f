// Adds notes about new answers to the ticket of a follow-up.
import { and, asc, eq } from 'drizzle-orm';
import { recordHistory } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { takesChanges } from '../answers/put-on-ticket.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations, responses } from '../tables.ts';
import { describeAnswer, describeFollowUp, type FollowedAnswer } from './describe-follow-up.ts';
import { type FollowUpRow, followUpAnswers } from './tables.ts';

/** The answers of a follow-up, the first one first. `shown`: the revision that its ticket tells of. */
export async function readAnswers(tx: Queryable, followUpId: number): Promise<FollowedAnswer[]> {
  const { id, survey, ticketId, brand } = invitations;
  const { score, comment, drivers, mayContact, revision } = responses;
  return tx
    .select({
      id,
      survey,
      ticketId,
      brand,
      score,
      comment,
      drivers,
      mayContact,
      revision,
      shown: followUpAnswers.shown,
    })
    .from(followUpAnswers)
    .innerJoin(invitations, eq(id, followUpAnswers.invitationId))
    .leftJoin(responses, eq(responses.invitationId, id))
    .where(eq(followUpAnswers.followUpId, followUpId))
    .orderBy(asc(followUpAnswers.joinedAt), asc(id));
}

/** A revision of 0 stands for an answer that no longer counts. */
const WITHDRAWN = 0;
export const revisionOf = ({ revision }: FollowedAnswer): number => revision ?? WITHDRAWN;

/**
 * Records a note for each answer that is new or has changed. Without a ticket there is nothing to tell: the one that is opened has all answers in its first
 * comment. The ticket of an answer shows it by itself. One that is closed or gone takes no notes.
 */
export async function tellTicket(tx: Queryable, followUp: FollowUpRow, policy: SurveyPolicy): Promise<void> {
  const { id, ticketId } = followUp;
  if (ticketId === null || !(await takesChanges(tx, ticketId))) return;
  for (const answer of await readAnswers(tx, id)) {
    const revision = revisionOf(answer);
    if (answer.shown === revision) continue;
    await markShown(tx, id, answer.id, revision);
    if (answer.ticketId === ticketId) continue;
    await recordTicketChange(tx, {
      key: `follow-up:${id}:answer:${answer.id}:${revision}`,
      ticketId,
      cause: 'answer',
      change: { note: describeAnswer(answer, policy) },
    });
  }
}

/** Of a bad answer after somebody had reached the customer, which is followed up on the same ticket, as a new follow-up. */
export async function tellOfAnother(
  tx: Queryable,
  followUp: FollowUpRow,
  policy: SurveyPolicy,
  now: Date,
): Promise<void> {
  const { id, ticketId, survey, dueAt } = followUp;
  if (ticketId === null) return;
  await recordHistory(tx, [
    { ticketId, at: now, kind: 'follow_up_opened', value: survey, ref: id, actor: 'us', check: 'once' },
  ]);
  if (!(await takesChanges(tx, ticketId))) return;
  const answers = await readAnswers(tx, id);
  for (const answer of answers) await markShown(tx, id, answer.id, revisionOf(answer));
  await recordTicketChange(tx, {
    key: `follow-up:${id}:again`,
    ticketId,
    cause: 'answer',
    change: { note: describeFollowUp(answers, dueAt, policy, 'again') },
  });
}

export async function markShown(tx: Queryable, followUpId: number, invitationId: number, shown: number): Promise<void> {
  const { followUpId: ofFollowUp, invitationId: ofAnswer } = followUpAnswers;
  await tx
    .update(followUpAnswers)
    .set({ shown })
    .where(and(eq(ofFollowUp, followUpId), eq(ofAnswer, invitationId)));
}
