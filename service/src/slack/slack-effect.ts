// Sends the messages of each channel in order, one a second, and many at once as a digest.
import type { CountryCode } from 'libphonenumber-js/max';
import { inParallel } from '../platform/do-each.ts';
import { readActing } from '../platform/outbox/activation.ts';
import type { Claimed } from '../platform/outbox/claim.ts';
import { blockTokens, blockTokensOnce, takeToken } from '../platform/outbox/rate.ts';
import { type EffectKind, type EffectLimits, effectKind, type Work } from '../platform/outbox/work.ts';
import { addressVariable } from './address-variable.ts';
import { renderDigest, renderMessage } from './render-message.ts';
import { SLACK_MESSAGE, type SlackMessage } from './slack-message.ts';
import type { Reply, SlackSender } from './slack-sender.ts';
import { findThread, forgetThread, rememberThreads } from './threads.ts';

export interface SlackEffectDeps {
  sender: SlackSender;
  /** Of the company, for phone numbers without a country's prefix. */
  country: () => CountryCode | undefined;
  /** Epoch milliseconds. */
  clock: () => number;
  limits?: Partial<EffectLimits>;
}

/** Slack takes one message a second: https://docs.slack.dev/apis/web-api/rate-limits */
const PER_MINUTE = 60;
/** If more messages of a channel wait, they go as one that lists them. */
const SINGLE_AT_MOST = 5;
/** After that many messages within a minute a channel waits, so that a flood becomes one list a minute. */
const PER_MINUTE_AT_MOST = 5;
const FLOOD_MS = 60_000;
const DIGEST_AT_MOST = 100;
const RETRY_MS = 30_000;
const DAY_MS = 24 * 3_600_000;
/** News of last week helps nobody. */
const LONGEST_MS = 7 * DAY_MS;
const CHANNELS_AT_ONCE = 4;

type Message = Claimed<SlackMessage>;

export function slackEffect(deps: SlackEffectDeps): EffectKind {
  return effectKind(SLACK_MESSAGE, {
    limits: deps.limits ?? {},
    round: async (work) => {
      for (const lane of ['retries', 'fresh', 'suspects'] as const) {
        if (work.stopping()) return 0;
        const channels = await work.claim(lane, 20);
        await inParallel(channels, CHANNELS_AT_ONCE, (messages) => performChannel(deps, work, messages));
      }
      return 0;
    },
  });
}

/** All that waits for one channel, the oldest first. No other process has any of it. */
async function performChannel(
  { sender, country, clock }: SlackEffectDeps,
  work: Work<SlackMessage>,
  claimed: readonly Message[],
): Promise<void> {
  const waiting = await cancelOutdated(work, await work.deadLetterCrashing(claimed), clock());
  const channel = waiting[0]?.payload.channel;
  if (channel === undefined) return;
  const later = async (ms: number, reason: string) => {
    await work.postpone(waiting, { ms, reason, counts: false });
  };
  if (!sender.has(channel)) return later(RETRY_MS, `${addressVariable(channel)} is not set`);
  const bucket = `slack:${channel}`;
  const budget = await takeToken(work.db, bucket, PER_MINUTE, { burst: 1 });
  if (!budget.granted) return later(budget.waitMs, 'waiting for its turn: one message a second');
  const flood = waiting[0]?.alone ? null : await findFlood(work, channel);
  if (flood !== null) return later(flood, 'waiting for others: the channel got several messages within a minute');
  // Tried before and refused for what it says: a digest would hide which one it was.
  const isDigest = waiting.length > SINGLE_AT_MOST && !waiting[0]?.alone;
  const batch = waiting.slice(0, isDigest ? DIGEST_AT_MOST : 1);
  if ((await work.mayPerform(waiting)).size < waiting.length) return;
  work.summary.writes += 1;
  const messages = batch.map(({ payload }) => payload);
  const body = isDigest
    ? renderDigest(messages, country())
    : renderMessage(batch[0]?.payload ?? { channel, summary: [], lines: [] }, country());
  const reply = isDigest ? null : await replyOf(work, batch[0]);
  const result = await sender.post(channel, body, reply);
  const rest = waiting.slice(batch.length);
  switch (result.outcome) {
    case 'accepted':
      await work.performed(batch, async (tx) => {
        if (result.ts !== null) await rememberThreads(tx, messages, { ts: result.ts, now: new Date(clock()) });
      });
      await work.postpone(rest, { ms: 0, reason: 'after those before it', counts: false });
      return;
    case 'refused':
      if (isDigest && result.because === 'message') {
        await work.postpone(waiting, { ms: 0, reason: result.reason, counts: true });
        return;
      }
      if (reply !== null && result.because === 'thread') {
        await forgetThread(work.db, channel, reply.to);
        await work.postpone(waiting, { ms: 0, reason: result.reason, counts: true });
        return;
      }
      await work.deadLetter(batch, result.reason);
      await work.postpone(rest, { ms: 0, reason: 'after those before it', counts: false });
      return;
    case 'busy':
      await blockTokens(work.db, bucket, result.ms);
      return later(result.ms, result.reason);
    case 'unavailable':
      await blockTokens(work.db, bucket, RETRY_MS);
      return later(RETRY_MS, result.reason);
  }
}

/** Milliseconds to wait; null: there is no flood. */
async function findFlood({ db }: Work<SlackMessage>, channel: string): Promise<number | null> {
  const bucket = `slack-flood:${channel}`;
  const budget = await takeToken(db, bucket, PER_MINUTE_AT_MOST, { burst: PER_MINUTE_AT_MOST });
  return budget.granted ? null : blockTokensOnce(db, bucket, FLOOD_MS);
}

async function replyOf({ db }: Work<SlackMessage>, message: Message | undefined): Promise<Reply | null> {
  const to = message === undefined ? null : await findThread(db, message.payload);
  return to === null ? null : { to, inChannel: message?.payload.thread?.as === 'correction' };
}

/** What was recorded while Deskwright only watched, and what waited for a week. What is never tried for a day was watched too. */
async function cancelOutdated(
  work: Work<SlackMessage>,
  messages: readonly Message[],
  now: number,
): Promise<readonly Message[]> {
  const since = (await readActing(work.db)).since?.getTime() ?? 0;
  const ageMs = ({ createdAt }: Message) => now - createdAt.getTime();
  const isWatched = (message: Message) =>
    message.claim === 1 && (message.createdAt.getTime() < since || ageMs(message) > DAY_MS);
  const watched = messages.filter(isWatched);
  const old = messages.filter((message) => !isWatched(message) && ageMs(message) > LONGEST_MS);
  await work.cancel(watched, 'recorded while Deskwright only watched');
  await work.cancel(old, 'it could not be sent for a week');
  return messages.filter((message) => !watched.includes(message) && !old.includes(message));
}
