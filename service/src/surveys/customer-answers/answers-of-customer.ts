// Reads what a customer has answered to surveys, ours and those imported from another tool, for the sidebar.
import { ALL_SURVEYS, isGoodScore, type Policy, SURVEY_KINDS } from '@deskwright/shared';
import type { SurveyAnswer } from '@deskwright/shared/contract';
import { and, desc, eq, isNull, notInArray, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { tickets } from '../../tickets/index.ts';
import { importedAnswers } from '../imports/tables.ts';
import { invitations, responses, surveySubmissions } from '../tables.ts';
import { driverNames } from '../texts/texts-for.ts';

const anonymous = ALL_SURVEYS.filter((survey) => SURVEY_KINDS[survey].anonymousUnder !== null);

interface Of {
  readonly requesterId: number | Placeholder;
  /** Of `tickets`, those that the agent may see. Undefined: all of them. */
  readonly seen: SQL | undefined;
  /** The newest so many. */
  readonly most: number;
}

/** Those about no ticket are shown to whoever may see one of the customer's; anonymous ones to nobody. */
export const ownAnswers = ({ requesterId, seen, most }: Of) => {
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
      .limit(most),
  );
};

/** As `hashAddress` makes it of the address that the customer has now. */
const addressOf = (requesterId: Of['requesterId']) => sql`(
  SELECT 'sha256:' || encode(sha256(convert_to(lower(btrim(${people.email})), 'UTF8')), 'hex')
  FROM ${people} WHERE ${people.id} = ${requesterId})`;

/** Also those imported before Zendesk knew the customer, by their address. */
export const otherAnswers = ({ requesterId, seen, most }: Of) => {
  const { survey, score, answeredAt, ticketId, comment, source } = importedAnswers;
  return rowsOf({ survey, score, answeredAt, ticketId, comment, source }, (select) =>
    select
      .from(importedAnswers)
      .leftJoin(tickets, eq(tickets.id, ticketId))
      .where(
        and(
          or(
            eq(importedAnswers.requesterId, requesterId),
            and(isNull(importedAnswers.requesterId), eq(importedAnswers.addressHash, addressOf(requesterId))),
          ),
          seen && or(isNull(ticketId), seen),
        ),
      )
      .orderBy(desc(answeredAt), desc(importedAnswers.id))
      .limit(most),
  );
};

type Row<Query extends (of: Of) => SQL> = ReturnType<Query> extends SQL<(infer Each)[]> ? Each : never;

/** Newest first; of the same moment ours first. */
export function mergeAnswers(
  policy: Policy,
  own: readonly Row<typeof ownAnswers>[],
  others: readonly Row<typeof otherAnswers>[],
): SurveyAnswer[] {
  const all = [
    ...own.map((row) => ({ ...row, source: null })),
    ...others.map((row) => ({ ...row, drivers: [], mayContact: null, verdict: null })),
  ].toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime());
  return all.map(({ survey, score, answeredAt, ticketId, drivers, comment, mayContact, verdict, source }) => ({
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
    importedFrom: source,
  }));
}
