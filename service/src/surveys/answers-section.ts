// Shows in the sidebar what a ticket's customer has answered to surveys.
import { isGoodScore, SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq } from 'drizzle-orm';
import { rowsOf } from '../platform/storage/joined-queries.ts';
import type { Asked, CardSection } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
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
    rows(given).flatMap(({ survey, score, answeredAt, ticketId }) =>
      ticketId === null
        ? []
        : [
            {
              survey,
              score,
              outOf: SURVEY_KINDS[survey].highest,
              good: isGoodScore(survey, score),
              at: answeredAt.toISOString(),
              ticketId,
            },
          ],
    ),
};
