// Shows in the sidebar why a customer is followed up, by when, and what came of it.
import { SURVEY_KINDS } from '@deskwright/shared';
import type { FollowUpCard } from '@deskwright/shared/contract';
import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, type CardSection, whyNotAllowed } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { invitations, responses } from '../tables.ts';
import { driverNames } from '../texts/texts-for.ts';
import { mayRecordOnly } from './record-outcome.ts';
import { followUpAnswers, followUps } from './tables.ts';

/**
 * That of the ticket, the newest first; otherwise the customer's one under way, on a ticket that the agent may see. While it has none yet: whose
 * answer is about a ticket that the agent may see, or about none.
 */
const shown = ({ ticketId, requesterId, seen }: Asked) => {
  const { id, state, dueAt, outcome, rootCause, note, recordedAt } = followUps;
  const isHere = eq(followUps.ticketId, ticketId) as SQL<boolean>;
  const about = sql<number | null>`coalesce(${followUps.ticketId}, ${followUps.sourceTicketId})`;
  return rowsOf(
    { id, ticketId: followUps.ticketId, state, dueAt, outcome, rootCause, note, recordedAt, by: people.name, isHere },
    (select) =>
      select
        .from(followUps)
        .leftJoin(tickets, eq(tickets.id, about))
        .leftJoin(people, eq(people.id, followUps.recordedBy))
        .where(
          or(
            isHere,
            and(eq(followUps.requesterId, requesterId), isNull(followUps.endedAt), seen && or(isNull(about), seen)),
          ),
        )
        .orderBy(desc(sql`coalesce(${isHere}, false)`), desc(id))
        .limit(1),
  );
};

/** Of the follow-ups of the ticket itself. */
const answers = ({ ticketId }: Asked) => {
  const { followUpId } = followUpAnswers;
  const { survey } = invitations;
  const { score, drivers, comment } = responses;
  return rowsOf({ followUpId, survey, score, drivers, comment }, (select) =>
    select
      .from(followUpAnswers)
      .innerJoin(followUps, eq(followUps.id, followUpId))
      .innerJoin(invitations, eq(invitations.id, followUpAnswers.invitationId))
      .innerJoin(responses, eq(responses.invitationId, invitations.id))
      .where(eq(followUps.ticketId, ticketId))
      .orderBy(followUpAnswers.joinedAt, followUpAnswers.invitationId),
  );
};

export const followUpSection: CardSection = {
  key: 'followUp',
  queries: [shown, answers],
  read: ({ rows, agent, inForce, directory, ticket, isActedOn = true }): FollowUpCard | null => {
    const [row] = rows(shown);
    if (row === undefined) return null;
    const { policy } = inForce;
    const { outcomes, root_causes: causes } = policy.surveys.follow_ups;
    const named = (id: string, list: readonly { id: string; name?: string | undefined }[]) => ({
      id,
      name: list.find((one) => one.id === id)?.name ?? null,
    });
    const groupId = (name: string) => directory?.groupId(name) ?? null;
    const permission = { right: 'edit_tags', only: mayRecordOnly } as const;
    const mayRecord =
      row.isHere &&
      isActedOn &&
      ticket.status !== 'closed' &&
      whyNotAllowed({ policy, directory: { groupId } }, permission, agent) === null;
    return {
      id: row.id,
      ticketId: row.ticketId,
      state: row.state,
      dueAt: row.dueAt.toISOString(),
      answers: rows(answers)
        .filter(({ followUpId }) => followUpId === row.id)
        .map(({ survey, score, drivers, comment }) => ({
          survey,
          score,
          outOf: SURVEY_KINDS[survey].highest,
          drivers: drivers.map((id) => driverNames(policy, id)),
          comment,
        })),
      choices: mayRecord
        ? {
            outcomes: outcomes.map(({ id, reached, ends }) => ({
              ...named(id, outcomes),
              needsCause: reached && ends,
            })),
            rootCauses: causes.map(({ id }) => named(id, causes)),
          }
        : null,
      recorded:
        row.outcome === null || row.recordedAt === null || !row.isHere
          ? null
          : {
              outcome: named(row.outcome, outcomes),
              rootCause: row.rootCause === null ? null : named(row.rootCause, causes),
              note: row.note,
              by: row.by,
              at: row.recordedAt.toISOString(),
            },
    };
  },
};
