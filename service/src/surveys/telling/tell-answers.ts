// Posts answers to Slack: each that counts once, and again when it changes or no longer counts.
import { CUSTOMER_SURVEYS, type CustomerSurvey, type Policy, readScoreRange } from '@deskwright/shared';
import { inArray, sql } from 'drizzle-orm';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import { recordEffects } from '../../platform/outbox/entries.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { SLACK_MESSAGE, type SlackMessage } from '../../slack/slack-message.ts';
import { inBrand } from '../brand.ts';
import { toldAnswers } from '../tables.ts';
import { answerMessage, KEY_OF_ANSWER, withdrawnMessage } from './answer-message.ts';
import { type FollowUpNews, followUpMessage, readFollowUpNews, rememberFollowUps } from './follow-up-news.ts';
import {
  type PendingAnswer,
  readPendingAnswers,
  readWithdrawnAnswers,
  type WithdrawnAnswer,
} from './pending-answers.ts';

export interface TellDeps {
  db: Database;
  policy: () => Policy;
  /** The account's address. */
  zendesk: string;
  /** Whether a Slack channel has an address. Without one nothing is recorded for it: nobody wants old news once it has one. */
  hasAddress: (channel: string) => boolean;
  /** Of an organization in Zendesk; null: unknown. */
  organizationName: (id: number | null) => string | null;
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** Epoch milliseconds. */
  clock: () => number;
}

export const tellAnswersJob = defineJob({
  name: 'tell-answers',
  payload: NOTHING,
  // The next round is the next attempt.
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_039;

/** Whether answers of any survey are told to Slack. The pulse never is: it is anonymous. */
const toldSurveys = ({ surveys }: Pick<Policy, 'surveys'>): CustomerSurvey[] =>
  CUSTOMER_SURVEYS.filter((survey) => (surveys[survey]?.slack ?? []).length > 0);

/** Whether Slack is told of any. */
export const tellsSlack = (policy: Pick<Policy, 'surveys'>): boolean => toldSurveys(policy).length > 0;

/** Of new answers, withdrawn ones and news of follow-ups, each, in a transaction. */
const MOST_AT_ONCE = 500;

/** Records the messages, in the order of the answers; what is recorded is remembered in the same transaction. Returns how many messages. */
export async function tellAnswers(deps: TellDeps): Promise<number> {
  const surveys = toldSurveys(deps.policy());
  if (surveys.length === 0) return 0;
  const now = new Date(deps.clock());
  let told = 0;
  for (;;) {
    const round = await deps.db.transaction((tx) => tellSome(tx, deps, { surveys, now }));
    told += round.messages;
    if (round.most < MOST_AT_ONCE) break;
  }
  if (told > 0) await deps.onEffect();
  return told;
}

async function tellSome(
  tx: Queryable,
  deps: TellDeps,
  { surveys, now }: { surveys: readonly CustomerSurvey[]; now: Date },
): Promise<{ most: number; messages: number }> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
  const withdrawn = await readWithdrawnAnswers(tx, { now, most: MOST_AT_ONCE });
  const pending = await readPendingAnswers(tx, surveys, { now, most: MOST_AT_ONCE });
  const moved = await readFollowUpNews(tx, { now, most: MOST_AT_ONCE });
  const told = pending.map((answer) => ({ answer, messages: messagesOf(deps, answer) }));
  const all = [
    ...withdrawn.map((answer) => ({ answer, messages: withdrawnMessages(deps, answer) })),
    ...told,
    ...moved.map((news) => ({ answer: news, messages: followUpMessages(deps, news) })),
  ].flatMap(({ answer, messages }) => messages.map((message) => ({ answer, message })));
  if (all.length > 0)
    await recordEffects(
      tx,
      SLACK_MESSAGE,
      all.map(({ answer: { invitationId, ticketId }, message }) => ({
        key: `${KEY_OF_ANSWER}${invitationId}:${message.channel}:${now.getTime()}:${message.thread?.as}`,
        subjectId: ticketId,
        payload: message,
      })),
    );
  await remember(tx, told, now);
  await rememberFollowUps(tx, moved);
  if (withdrawn.length > 0)
    await tx
      .update(toldAnswers)
      .set({ withdrawn: true })
      .where(
        inArray(
          toldAnswers.invitationId,
          withdrawn.map(({ invitationId }) => invitationId),
        ),
      );
  return { most: Math.max(withdrawn.length, pending.length, moved.length), messages: all.length };
}

async function remember(
  tx: Queryable,
  told: readonly { answer: PendingAnswer; messages: readonly SlackMessage[] }[],
  at: Date,
): Promise<void> {
  if (told.length === 0) return;
  await tx
    .insert(toldAnswers)
    .values(
      told.map(({ answer: { invitationId, revision, score }, messages }) => ({
        invitationId,
        revision,
        score,
        channels: messages.map(({ channel }) => channel),
        at,
      })),
    )
    .onConflictDoUpdate({
      target: toldAnswers.invitationId,
      set: {
        revision: sql`excluded.revision`,
        score: sql`excluded.score`,
        channels: sql`excluded.channels`,
        at: sql`excluded.at`,
        withdrawn: false,
      },
    });
}

/** To every channel whose scores it is among, and to those that were told another score. */
function messagesOf(deps: TellDeps, answer: PendingAnswer): SlackMessage[] {
  const known = answer.told?.withdrawn === false ? answer.told : null;
  const channels = channelsOf(deps, answer);
  for (const channel of known?.channels ?? [])
    if (!channels.has(channel) && deps.hasAddress(channel)) channels.set(channel, false);
  const wording = { policy: inBrand(deps.policy(), answer.brand), zendesk: deps.zendesk };
  return [...channels].map(([channel, words]) => {
    const changedFrom = known?.channels.includes(channel) ? known.score : null;
    const told = { ...answer, account: deps.organizationName(answer.organizationId) };
    return answerMessage(told, { channel, words, changedFrom }, wording);
  });
}

const withdrawnMessages = ({ hasAddress, zendesk }: TellDeps, answer: WithdrawnAnswer): SlackMessage[] =>
  answer.channels.filter(hasAddress).map((channel) => withdrawnMessage(answer, channel, zendesk));

const followUpMessages = ({ hasAddress, zendesk, policy }: TellDeps, news: FollowUpNews): SlackMessage[] =>
  news.channels
    .filter(hasAddress)
    .map((channel) => followUpMessage(news, channel, { zendesk, timeZone: policy().time_zone }));

/** With whether its words are told there. */
function channelsOf({ policy, hasAddress }: TellDeps, { survey, score }: PendingAnswer): Map<string, boolean> {
  const channels = new Map<string, boolean>();
  for (const { channel, scores, words } of policy().surveys[survey]?.slack ?? []) {
    const isAmong = scores === undefined || readScoreRange(survey, scores)?.includes(score);
    if (isAmong && hasAddress(channel)) channels.set(channel, words || (channels.get(channel) ?? false));
  }
  return channels;
}
