// Lists a customer's answers to surveys for the timeline, except anonymous ones.
import { ALL_SURVEYS, SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq, notInArray } from 'drizzle-orm';
import type { TimelineSource } from '../sidebar/index.ts';
import { invitations, responses } from './tables.ts';

const anonymous = ALL_SURVEYS.filter((survey) => SURVEY_KINDS[survey].anonymousUnder !== null);

export const surveysTimeline: TimelineSource = {
  name: 'surveys',
  read: async (db, { requesterId, limit }) => {
    const { survey, ticketId } = invitations;
    const rows = await db
      .select({ survey, ticketId, score: responses.score, at: responses.answeredAt })
      .from(invitations)
      .innerJoin(responses, eq(responses.invitationId, invitations.id))
      .where(and(eq(invitations.requesterId, requesterId), notInArray(survey, anonymous)))
      .orderBy(desc(responses.answeredAt))
      .limit(limit);
    return rows.map((row) => ({ ...row, kind: 'answered', outOf: SURVEY_KINDS[row.survey].highest }));
  },
};
