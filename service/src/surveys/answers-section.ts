// Shows in the sidebar what a ticket's customer has answered to surveys.

import type { CustomerCard } from '@deskwright/shared/contract';
import { and, desc, eq } from 'drizzle-orm';
import { type CardContext, type CardSection, seenBy } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { GOOD_FROM, HIGHEST_SCORE } from './survey-scale.ts';
import { invitations, responses } from './tables.ts';

const MOST = 5;

export const answersSection: CardSection = { key: 'answers', read: readAnswers };

/** Newest first, at most five. */
async function readAnswers({ db, ticket, agent }: CardContext): Promise<CustomerCard['answers']> {
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
