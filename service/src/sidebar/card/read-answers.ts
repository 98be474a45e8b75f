// Reads a customer's answers to surveys.
import type { CustomerCard } from '@deskwright/shared/contract';
import { and, desc, eq } from 'drizzle-orm';
import { invitations, responses, tickets } from '../../platform/storage/schema.ts';
import { GOOD_FROM, HIGHEST_SCORE } from '../../surveys/survey-scale.ts';
import type { CardContext } from './card-context.ts';
import { seenBy } from './seen-by.ts';

const MOST = 5;

/** Newest first, at most five. */
export async function readAnswers({ db, ticket, agent }: CardContext): Promise<CustomerCard['answers']> {
  if (ticket.requesterId === null) return [];
  const rows = await db
    .select({
      survey: invitations.survey,
      score: responses.score,
      at: responses.answeredAt,
      ticketId: invitations.ticketId,
    })
    .from(invitations)
    .innerJoin(responses, eq(responses.invitationId, invitations.id))
    .leftJoin(tickets, eq(tickets.id, invitations.ticketId))
    .where(and(eq(invitations.requesterId, ticket.requesterId), seenBy(agent)))
    .orderBy(desc(responses.answeredAt), desc(invitations.id))
    .limit(MOST);
  return rows.map(({ survey, score, at, ticketId }) => ({
    survey,
    score,
    outOf: HIGHEST_SCORE[survey],
    good: score >= GOOD_FROM[survey],
    at: at.toISOString(),
    ticketId,
  }));
}
