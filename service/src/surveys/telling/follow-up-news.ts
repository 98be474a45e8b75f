// Posts the state of an answer's follow-up to Slack, in the thread of that answer.
import { and, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import type { SlackLine, SlackMessage } from '../../slack/slack-message.ts';
import { formatDue } from '../follow-ups/describe-follow-up.ts';
import { type FollowUpState, followUpAnswers, followUps } from '../follow-ups/tables.ts';
import { invitations, toldAnswers } from '../tables.ts';
import { threadOf, ticketLink } from './answer-message.ts';

export interface FollowUpNews {
  readonly invitationId: number;
  readonly channels: readonly string[];
  readonly state: FollowUpState;
  /** The share of its time, in percent, of which somebody was reminded; 0: of none. */
  readonly reminded: number;
  readonly dueAt: Date;
  /** Of the answer; null: it is about no ticket. */
  readonly ticketId: number | null;
  /** Where it is worked on; null: there is no ticket yet. */
  readonly followUpTicketId: number | null;
  /** The group's name; null: the policy named none. */
  readonly ownerGroup: string | null;
}

/** Later changes are told by nobody. */
const NEWS_MS = 60 * 86_400_000;

/** What `told_answers` keeps of what was told: the state, and of an open one the reminder. */
const told = sql<string>`CASE WHEN ${followUps.state} = 'open' AND ${followUps.reminded} > 0 THEN 'reminded:' || ${followUps.reminded} ELSE ${followUps.state} END`;
const toldOf = ({ state, reminded }: FollowUpNews): string =>
  state === 'open' && reminded > 0 ? `reminded:${reminded}` : state;

/** Follow-ups whose state or reminder Slack was not told yet, of answers that it was told. */
export async function readFollowUpNews(
  tx: Queryable,
  { now, most }: { now: Date; most: number },
): Promise<FollowUpNews[]> {
  const { invitationId, channels } = toldAnswers;
  const { state, reminded, dueAt, ticketId: followUpTicketId, ownerGroup } = followUps;
  return tx
    .select({
      invitationId,
      channels,
      state,
      reminded,
      dueAt,
      ticketId: invitations.ticketId,
      followUpTicketId,
      ownerGroup,
    })
    .from(toldAnswers)
    .innerJoin(followUpAnswers, eq(followUpAnswers.invitationId, invitationId))
    .innerJoin(followUps, eq(followUps.id, followUpAnswers.followUpId))
    .innerJoin(invitations, eq(invitations.id, invitationId))
    .where(
      and(
        gt(toldAnswers.at, new Date(now.getTime() - NEWS_MS)),
        eq(toldAnswers.withdrawn, false),
        sql`${toldAnswers.followUp} IS DISTINCT FROM ${told}`,
        // It is told of with its ticket, which comes seconds later. Of one that ended before there was nothing to do.
        or(isNotNull(followUps.ticketId), isNotNull(toldAnswers.followUp), gt(followUps.reminded, 0)),
      ),
    )
    .orderBy(invitationId)
    .limit(most);
}

const WORDS: Readonly<Record<FollowUpState, string>> = {
  open: 'open',
  contacted: 'the customer was contacted',
  closed: 'closed',
  expired: 'ended without an outcome',
};

function wordsOf({ state, reminded }: FollowUpNews): string {
  if (state !== 'open' || reminded === 0) return WORDS[state];
  return reminded >= 100 ? 'overdue, nobody has reached the customer' : 'nobody has reached the customer yet';
}

/** `Follow-up · #12: closed (#13, Retention)`, to be understood without the thread too. */
export function followUpMessage(
  news: FollowUpNews,
  channel: string,
  { zendesk, timeZone }: { zendesk: string; timeZone: string },
): SlackMessage {
  const { invitationId, state, ticketId, followUpTicketId, ownerGroup } = news;
  const group = ownerGroup === null ? [] : [` · ${ownerGroup}`];
  const summary: SlackLine = [
    'Follow-up',
    ...ticketLink(ticketId, zendesk),
    ': ',
    { bold: wordsOf(news) },
    ...(followUpTicketId === ticketId ? [] : ticketLink(followUpTicketId, zendesk)),
    ...group,
    ...(state === 'open' ? [` · due ${formatDue(news.dueAt, { time_zone: timeZone })}`] : []),
  ];
  return { channel, summary, lines: [], thread: { key: threadOf(invitationId), as: 'reply' } };
}

export async function rememberFollowUps(tx: Queryable, news: readonly FollowUpNews[]): Promise<void> {
  for (const state of new Set(news.map(toldOf)))
    await tx
      .update(toldAnswers)
      .set({ followUp: state })
      .where(
        inArray(
          toldAnswers.invitationId,
          news.filter((one) => toldOf(one) === state).map(({ invitationId }) => invitationId),
        ),
      );
}
