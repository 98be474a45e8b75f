// Shows in the sidebar what a ticket's customer has answered to surveys.
import { ALL_SURVEYS, isGoodScore, SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq, isNull, notInArray, or } from 'drizzle-orm';
import { rowsOf } from '../platform/storage/joined-queries.ts';
import type { Asked, CardSection } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { invitations, responses, surveySubmissions } from './tables.ts';
import { driverNames } from './texts/texts-for.ts';

const MOST = 5;

const anonymous = ALL_SURVEYS.filter((survey) => SURVEY_KINDS[survey].anonymousUnder !== null);

/** Newest first, at most five. Those about no ticket are shown to whoever may see this one; anonymous ones to nobody. */
const given = ({ requesterId, seen }: Asked) => {
  const { survey, ticketId } = invitations;
  const { score, answeredAt, drivers, comment, mayContact } = responses;
  const { verdict } = surveySubmissions;
  return rowsOf({ survey, score, answeredAt, ticketId, drivers, comment, mayContact, verdict }, (select) =>
    select
      .from(invitations)
      .innerJoin(responses, eq(responses.invitationId, invitations.id))
      .leftJoin(surveySubmissions, eq(surveySubmissions.id, responses.submissionId))
      .leftJoin(tickets, eq(tickets.id, ticketId))
      .where(
        and(
          eq(invitations.requesterId, requesterId),
          notInArray(survey, anonymous),
          seen && or(isNull(ticketId), seen),
        ),
      )
      .orderBy(desc(answeredAt), desc(invitations.id))
      .limit(MOST),
  );
};

export const answersSection: CardSection = {
  key: 'answers',
  queries: [given],
  read: ({ rows, inForce: { policy } }) =>
    rows(given).map(({ survey, score, answeredAt, ticketId, drivers, comment, mayContact, verdict }) => ({
      survey,
      score,
      outOf: SURVEY_KINDS[survey].highest,
      good: isGoodScore(survey, score),
      at: answeredAt.toISOString(),
      ticketId,
      drivers: drivers.map((id) => driverNames(policy, id)),
      comment,
      mayContact,
      doubtful: verdict === 'doubtful',
    })),
};
