// Reads the answers that were not posted to Slack as they are now.
import type { CustomerSurvey } from '@deskwright/shared';
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { isPersons, isRatherPersons } from '../answers/is-by-person.ts';
import { invitations, responses, toldAnswers } from '../tables.ts';
import type { ToldAnswer } from './answer-message.ts';

type Told = typeof toldAnswers.$inferSelect;

export interface PendingAnswer extends Omit<ToldAnswer, 'account'> {
  readonly survey: CustomerSurvey;
  readonly revision: number;
  /** Of the invitation. */
  readonly brand: string | null;
  /** Of the ticket, of an answer about none of the customer's newest; null: none. */
  readonly organizationId: number | null;
  /** Null: Slack was told nothing of it. */
  readonly told: Told | null;
}

const HOUR_MS = 3_600_000;
/** Older ones are no news: Slack was switched on since, or the service was down. */
const NEWS_MS = 24 * HOUR_MS;
/** Evidence that a program gave an answer mostly comes within minutes: one that looks like a scanner's waits for it. */
const DOUBTED_MS = HOUR_MS;
/** Verdicts change for days. */
const WITHDRAWN_MS = 30 * 24 * HOUR_MS;

/**
 * The oldest first: those that were sent, or left alone for some minutes (which is when they are put on the ticket), that a person gave, for
 * sure or rather than a scanner. Others are told after an hour, if they still count. One that is not surely a person's is told as doubtful.
 */
export async function readPendingAnswers(
  tx: Queryable,
  surveys: readonly CustomerSurvey[],
  { now, most }: { now: Date; most: number },
): Promise<PendingAnswer[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const organizationId = sql<number | null>`(SELECT t.organization_id::float8 FROM tickets t
    WHERE t.requester_id = ${invitations.requesterId} AND t.gone IS NULL ORDER BY t.id = ${invitations.ticketId} DESC NULLS LAST, t.created_at DESC LIMIT 1)`;
  const rows = await tx
    .select({
      invitation: invitations,
      answer: responses,
      told: toldAnswers,
      organizationId,
      isSure: isPersons(sql`${responses}`),
    })
    .from(responses)
    .innerJoin(invitations, eq(invitations.id, responses.invitationId))
    .leftJoin(toldAnswers, eq(toldAnswers.invitationId, responses.invitationId))
    .where(
      and(
        gt(responses.changedAt, ago(NEWS_MS)),
        inArray(invitations.survey, [...surveys]),
        eq(responses.onTicket, responses.revision),
        or(
          isNull(toldAnswers.invitationId),
          toldAnswers.withdrawn,
          sql`(${toldAnswers.revision}, ${toldAnswers.score}) <> (${responses.revision}, ${responses.score})`,
        ),
        or(
          isPersons(sql`${responses}`),
          isRatherPersons(sql`${responses}`),
          sql`${responses.changedAt} < ${ago(DOUBTED_MS).toISOString()}`,
        ),
      ),
    )
    .orderBy(responses.changedAt, responses.invitationId)
    .limit(most);
  return rows.map(({ invitation, answer, told, organizationId, isSure }) => ({
    invitationId: invitation.id,
    survey: invitation.survey as CustomerSurvey,
    ticketId: invitation.ticketId,
    // Of an answer about no ticket it is only what the customer was last in touch about.
    category: invitation.ticketId === null ? null : invitation.category,
    brand: invitation.brand,
    score: answer.score,
    drivers: [...new Set([...answer.drivers, ...answer.driversInWords])],
    comment: answer.comment,
    locale: invitation.locale,
    mayContact: answer.mayContact,
    isDoubtful: !isSure,
    revision: answer.revision,
    organizationId,
    told,
  }));
}

export type WithdrawnAnswer = Pick<ToldAnswer, 'invitationId' | 'survey' | 'score' | 'ticketId'> &
  Pick<Told, 'channels'>;

/** Those that Slack was told of and that no longer count, with the score it was told. */
export async function readWithdrawnAnswers(
  tx: Queryable,
  { now, most }: { now: Date; most: number },
): Promise<WithdrawnAnswer[]> {
  const { invitationId, score, channels } = toldAnswers;
  const { survey, ticketId } = invitations;
  return tx
    .select({ invitationId, score, channels, survey, ticketId })
    .from(toldAnswers)
    .innerJoin(invitations, eq(invitations.id, invitationId))
    .leftJoin(responses, eq(responses.invitationId, invitationId))
    .where(
      and(
        gt(toldAnswers.at, new Date(now.getTime() - WITHDRAWN_MS)),
        eq(toldAnswers.withdrawn, false),
        isNull(responses.invitationId),
      ),
    )
    .orderBy(invitationId)
    .limit(most);
}
