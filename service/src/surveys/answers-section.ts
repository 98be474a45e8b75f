// Shows in the sidebar what a ticket's customer has answered to surveys.
import { and, desc, eq } from 'drizzle-orm';
import { rowsOf } from '../platform/storage/joined-queries.ts';
import type { Asked, CardSection } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { GOOD_FROM, HIGHEST_SCORE } from './survey-policy.ts';
import { invitations, responses } from './tables.ts';

const MOST = 5;

/** Newest first, at most five. */
const given = ({ requesterId, seen }: Asked) => {
  const { survey, ticketId } = invitations;
  const { score, answeredAt } = responses;
  return rowsOf({ survey, score, answeredAt, ticketId }, (select) =>
    select
      .from(invitations)
      .innerJoin(responses, eq(responses.invitationId, invitations.id))
      .leftJoin(tickets, eq(tickets.id, ticketId))
      .where(and(eq(invitations.requesterId, requesterId), seen))
      .orderBy(desc(answeredAt), desc(invitations.id))
      .limit(MOST),
  );
};

export const answersSection: CardSection = {
  key: 'answers',
  queries: [given],
  read: ({ rows }) =>
    rows(given).map(({ survey, score, answeredAt, ticketId }) => ({
      survey,
      score,
      outOf: HIGHEST_SCORE[survey],
      good: score >= GOOD_FROM[survey],
      at: answeredAt.toISOString(),
      ticketId,
    })),
};
