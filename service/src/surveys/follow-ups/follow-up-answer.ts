// Opens a follow-up of a bad answer, or adds the answer to the customer's one if nobody has reached them yet; notes on its ticket when the answer changes.
import { CUSTOMER_SURVEYS, type Policy, SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { isByPerson } from '../answers/is-by-person.ts';
import type { ResponseRow, Settled } from '../answers/settle-answer.ts';
import { isHashed } from '../hash-address.ts';
import { addPolicyDuration, type SurveyPolicy } from '../survey-policy.ts';
import { surveySubmissions } from '../tables.ts';
import type { InvitationRow } from '../why-not-send.ts';
import { FOLLOW_UP_TICKET } from './follow-up-ticket.ts';
import { type FollowUpRow, followUpAnswers, followUps } from './tables.ts';
import { tellOfAnother, tellTicket } from './tell-ticket.ts';

type Rule = NonNullable<NonNullable<Policy['surveys']['csat']>['follow_up']>;

/**
 * In the transaction that settles the answer, whose invitation the caller has locked. Only an answer that a person gave, or that an admin chose, opens
 * a follow-up; none is ended because an answer changed: its ticket says so, and people decide. One whose answers all proved to be a program's ends.
 */
export async function followUpAnswer(
  tx: Queryable,
  invitation: InvitationRow,
  { answer }: Settled,
  policy: SurveyPolicy,
  now: Date,
): Promise<void> {
  const known = await findFollowUp(tx, invitation.id);
  const isNew = known === undefined || (await isGivenSince(tx, answer, known));
  const rule = ruleFor(policy, invitation.survey);
  if (
    !isNew ||
    answer === null ||
    isErased(invitation) ||
    !rule ||
    !isBad(invitation.survey, answer.score, rule) ||
    !(await isByPerson(tx, answer))
  ) {
    if (known && (known.endedAt === null || !isNew)) await tell(tx, known, invitation, answer, policy);
    if (known && answer === null) await endIfWithdrawn(tx, known, now);
    return;
  }
  await lockCustomer(tx, invitation.requesterId);
  const underWay = await findUnderWay(tx, invitation.requesterId);
  const isAgain = underWay !== undefined && (await isGivenSince(tx, answer, underWay));
  if (isAgain) await close(tx, underWay, now);
  const open =
    underWay === undefined || isAgain ? await openFollowUp(tx, invitation, { rule, policy, underWay, now }) : underWay;
  const joined = { followUpId: open.id, joinedAt: now, shown: null };
  await tx
    .insert(followUpAnswers)
    .values({ invitationId: invitation.id, ...joined })
    .onConflictDoUpdate({ target: followUpAnswers.invitationId, set: joined });
  if (isAgain) await tellOfAnother(tx, open, policy, now);
  await tell(tx, open, invitation, answer, policy);
}

/**
 * Whether the answer is later than the end of its follow-up, or than somebody reached the customer: what a program that checks mail had given was
 * followed up, or the customer complains once more. One that ended before it had a ticket told nobody.
 */
async function isGivenSince(
  tx: Queryable,
  answer: ResponseRow | null,
  { ticketId, endedAt, contactedAt }: FollowUpRow,
): Promise<boolean> {
  const doneAt = endedAt ?? contactedAt;
  if (answer === null || doneAt === null) return false;
  if (ticketId === null || answer.changedAt > doneAt) return true;
  const { id, at } = surveySubmissions;
  const [given] = await tx
    .select({ at })
    .from(surveySubmissions)
    .where(eq(id, answer.submissionId ?? 0));
  return given !== undefined && given.at > doneAt;
}

/** While it has no ticket, each answer tries once more to open one: Zendesk may have refused the former attempt. */
async function tell(
  tx: Queryable,
  followUp: FollowUpRow,
  { id: invitationId }: InvitationRow,
  answer: ResponseRow | null,
  policy: SurveyPolicy,
): Promise<void> {
  if (followUp.ticketId !== null) return tellTicket(tx, followUp, policy);
  if (followUp.endedAt !== null || answer === null) return;
  await recordEffect(tx, FOLLOW_UP_TICKET, {
    key: `follow-up:${followUp.id}:by:${invitationId}:${answer.revision}`,
    subjectId: followUp.sourceTicketId,
    payload: { followUpId: followUp.id },
  });
}

/** Nobody is written to or called who is forgotten. */
const isErased = ({ recipient }: InvitationRow): boolean => recipient !== null && isHashed(recipient);

function ruleFor({ surveys }: SurveyPolicy, survey: SurveyKind): Rule | null {
  if (survey === 'pulse') return null;
  const rule = surveys[survey]?.follow_up;
  return rule && rule.action !== 'none' ? rule : null;
}

const isBad = (survey: SurveyKind, score: number, rule: Rule): boolean => score <= limitOf(survey, rule);

const limitOf = (survey: SurveyKind, rule: Rule | undefined): number =>
  rule?.score_at_most ?? SURVEY_KINDS[survey].classes[1].from - 1;

/**
 * Whether a bad answer of the follow-up stands. Of one whose answers are kept no longer nobody knows that they became good.
 * @param followUpId a column
 */
export function hasBadAnswer(followUpId: SQL, { surveys }: Pick<SurveyPolicy, 'surveys'>): SQL {
  const limits = CUSTOMER_SURVEYS.map(
    (survey) => sql`(${survey}, ${limitOf(survey, surveys[survey]?.follow_up)}::int)`,
  );
  return sql`(NOT EXISTS (SELECT FROM follow_up_answers a WHERE a.follow_up_id = ${followUpId}) OR EXISTS (
    SELECT FROM follow_up_answers a JOIN invitations i ON i.id = a.invitation_id JOIN responses r ON r.invitation_id = i.id
    JOIN (VALUES ${sql.join(limits, sql`, `)}) bad (survey, at_most) ON bad.survey = i.survey
    WHERE a.follow_up_id = ${followUpId} AND r.score <= bad.at_most))`;
}

async function endIfWithdrawn(tx: Queryable, { id }: FollowUpRow, now: Date): Promise<void> {
  const standing = sql`SELECT FROM follow_up_answers a JOIN responses r USING (invitation_id) WHERE a.follow_up_id = ${id}`;
  await tx
    .update(followUps)
    .set({ state: 'expired', endedAt: now })
    .where(and(eq(followUps.id, id), eq(followUps.state, 'open'), sql`NOT EXISTS (${standing})`));
}

/** Two bad answers at once: the second waits here, and then sees the first one's follow-up. */
async function lockCustomer(tx: Queryable, requesterId: number): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`follow-up:${requesterId}`}, 0))`);
}

async function findFollowUp(tx: Queryable, invitationId: number): Promise<FollowUpRow | undefined> {
  const [found] = await tx
    .select({ followUp: followUps })
    .from(followUps)
    .innerJoin(followUpAnswers, eq(followUpAnswers.followUpId, followUps.id))
    .where(eq(followUpAnswers.invitationId, invitationId))
    .for('update', { of: followUps });
  return found?.followUp;
}

async function findUnderWay(tx: Queryable, requesterId: number): Promise<FollowUpRow | undefined> {
  const [found] = await tx
    .select()
    .from(followUps)
    .where(and(eq(followUps.requesterId, requesterId), isNull(followUps.endedAt)))
    .for('update');
  return found;
}

async function close(tx: Queryable, { id }: FollowUpRow, now: Date): Promise<void> {
  await tx.update(followUps).set({ state: 'closed', endedAt: now }).where(eq(followUps.id, id));
}

/** @param underWay the one that somebody reached the customer for: the new one goes on with its ticket, whose people know the customer */
async function openFollowUp(
  tx: Queryable,
  { requesterId, survey, ticketId }: InvitationRow,
  { rule, policy, underWay, now }: { rule: Rule; policy: SurveyPolicy; underWay: FollowUpRow | undefined; now: Date },
): Promise<FollowUpRow> {
  const [opened] = await tx
    .insert(followUps)
    .values({
      requesterId,
      survey,
      sourceTicketId: ticketId,
      action: rule.action === 'reopen' && ticketId !== null ? 'reopen' : 'new_ticket',
      ticketId: underWay?.ticketId ?? null,
      ownerGroup: underWay?.ownerGroup ?? rule.group ?? null,
      openedAt: now,
      dueAt: addPolicyDuration(now, rule.due_in, policy),
    })
    .returning();
  if (!opened) throw new Error('The follow-up was not stored.');
  return opened;
}
