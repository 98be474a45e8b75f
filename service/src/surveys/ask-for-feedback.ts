// Lets an agent ask a ticket's customer for feedback from the sidebar.
import type { Policy, SolveSurvey } from '@deskwright/shared';
import type { FeedbackRefusal } from '@deskwright/shared/contract';
import { and, desc, eq, ne } from 'drizzle-orm';
import { people } from '../directory/tables.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { rowsOf } from '../platform/storage/joined-queries.ts';
import { type Asked, type CardSection, DONE, defineAction, refuse, whyNotAllowed } from '../sidebar/index.ts';
import type { TicketRow } from '../tickets/index.ts';
import { lockContact, readLastContact, readRest } from './contact-ledger.ts';
import { isUnsubscribed } from './is-unsubscribed.ts';
import { invitations } from './tables.ts';
import type { CancelReason } from './why-not-send.ts';

/** The survey of the ticket's category, or the first that is configured; null: none is. */
function surveyToAsk({ categories, default_survey, surveys }: Policy, category: string | null): SolveSurvey | null {
  const usual = categories.find(({ id }) => id === category)?.survey ?? default_survey;
  if (usual !== 'none' && surveys[usual]) return usual;
  return surveys.csat ? 'csat' : surveys.ces ? 'ces' : null;
}

const permission = {
  right: 'edit',
  only: ({ surveys: { agents_may_ask: tiers } }: Policy) => (tiers === undefined ? null : { tiers }),
} as const;

/** The invitation is due at once, one a ticket, and obeys the contact ledger; it is sent like any other. */
export const askForFeedback = defineAction({
  name: 'ask_for_feedback',
  method: 'post',
  path: '/feedback',
  status: 201,
  permission,
  perform: async ({ tx, ticket, agent, policy, now }) => {
    const survey = surveyToAsk(policy, ticket.category);
    const why = survey === null ? { why: 'not_configured' as const } : await whyNot(tx, ticket, policy, now);
    if (survey === null || ticket.requesterId === null || why !== null) {
      const { reason = null, ...feedback } = why ?? { why: 'no_address' as const };
      if (survey !== null && reason !== null)
        await recordRefusal(tx, ticket, { survey, reason, agentId: agent.id, now });
      return refuse('not_asked', 'The customer is not asked for feedback.', { feedback });
    }
    await tx.insert(invitations).values({
      cause: 'request',
      ticketId: ticket.id,
      survey,
      category: ticket.category ?? policy.default_category,
      requesterId: ticket.requesterId,
      agentId: agent.id,
      dueAt: now,
      createdAt: now,
    });
    return DONE;
  },
});

/** Once for each reason, however often agents try. */
async function recordRefusal(
  tx: Queryable,
  ticket: TicketRow,
  { survey, reason, agentId, now }: { survey: SolveSurvey; reason: CancelReason; agentId: number; now: Date },
): Promise<void> {
  const { id: ticketId, requesterId } = ticket;
  if (requesterId === null) return;
  const known = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(
      and(
        eq(invitations.ticketId, ticketId),
        eq(invitations.cause, 'request'),
        eq(invitations.state, 'cancelled'),
        eq(invitations.reason, reason),
      ),
    )
    .limit(1);
  if (known.length > 0) return;
  await tx.insert(invitations).values({
    cause: 'request',
    state: 'cancelled',
    reason,
    ticketId,
    survey,
    category: ticket.category,
    requesterId,
    agentId,
    dueAt: now,
    createdAt: now,
  });
}

type Refusal = FeedbackRefusal & { readonly reason?: CancelReason };

async function whyNot(tx: Queryable, ticket: TicketRow, policy: Policy, now: Date): Promise<Refusal | null> {
  const { requesterId } = ticket;
  if (requesterId === null) return { why: 'no_address' };
  const ofTicket = and(eq(invitations.ticketId, ticket.id), ne(invitations.state, 'cancelled'));
  const asked = await tx
    .select({ cause: invitations.cause, state: invitations.state })
    .from(invitations)
    .where(ofTicket);
  if (asked.some(({ cause, state }) => cause === 'request' || state === 'scheduled')) return { why: 'asked_already' };
  const [person] = await tx.select().from(people).where(eq(people.id, requesterId));
  const email = person?.email?.trim().toLowerCase() ?? '';
  if (person && person.role !== 'end-user') return { why: 'no_address', reason: 'requester_is_agent' };
  if (person?.suspended) return { why: 'no_address', reason: 'requester_suspended' };
  if (person && email === '') return { why: 'no_address', reason: 'no_email' };
  const contact = { requesterId, email };
  if (await isUnsubscribed(tx, contact)) return { why: 'unsubscribed', reason: 'unsubscribed' };
  await lockContact(tx, contact);
  const rest = await readRest(tx, contact, { survey: 'csat', policy });
  if (rest === null || rest.until <= now) return null;
  const last = await readLastContact(tx, contact, null);
  return {
    why: rest.reason,
    reason: rest.reason,
    until: rest.until.toISOString(),
    ...(last && { askedAt: last.toISOString() }),
  };
}

const requested = ({ ticketId }: Asked) => {
  const { createdAt } = invitations;
  return rowsOf({ createdAt }, (select) =>
    select
      .from(invitations)
      .where(
        and(eq(invitations.ticketId, ticketId), eq(invitations.cause, 'request'), ne(invitations.state, 'cancelled')),
      )
      .orderBy(desc(createdAt))
      .limit(1),
  );
};

/** Shows in the sidebar whether this agent can ask for feedback on the ticket, or when somebody did. */
export const feedbackSection: CardSection = {
  key: 'feedback',
  queries: [requested],
  read: ({ rows, agent, directory, ticket, inForce: { policy } }) => {
    const survey = surveyToAsk(policy, ticket.category);
    if (survey === null || ticket.requesterId === null) return null;
    const requestedAt = rows(requested)[0]?.createdAt.toISOString() ?? null;
    const groupId = (name: string) => directory?.groupId(name) ?? null;
    const mayAsk = whyNotAllowed({ policy, directory: { groupId } }, permission, agent) === null;
    return requestedAt === null && !mayAsk ? null : { survey, requestedAt };
  },
};
