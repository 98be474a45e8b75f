// Posts messages as a bot of Slack, which can answer in threads.
import { LogLevel, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { SlackBody } from './render-message.ts';
import type { Reply, SlackOutcome } from './slack-sender.ts';

export interface SlackBotChannel {
  /** As Slack names it: `C0123456789`. */
  readonly channelId: string;
  readonly token: string;
  /** Left out: Slack's own. */
  readonly apiUrl?: string | undefined;
}

const TIMEOUT_MS = 10_000;
/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const OF_THE_MESSAGE = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
]);
const OF_THE_THREAD = new Set([
  'cannot_reply_to_message',
  'invalid_thread_ts',
  'restricted_action_thread_locked',
  'thread_not_found',
]);
const FOR_NOW = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);
/** Where Slack does not say how long to wait. */
const BUSY_MS = 30_000;
const LONGEST_BUSY_MS = 24 * 3_600_000;

/** One call of `chat.postMessage`. Never throws. `reply` null: a message of its own. */
export async function postAsBot(
  { channelId, token, apiUrl }: SlackBotChannel,
  body: SlackBody,
  reply: Reply | null,
): Promise<SlackOutcome> {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: TIMEOUT_MS,
    // The outbox retries, in order and within the limits of all processes together.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  try {
    const inThread = reply === null ? {} : { thread_ts: reply.to, reply_broadcast: reply.inChannel };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
    const { ts } = await client.chat.postMessage({ channel: channelId, ...body, ...inThread });
    return { outcome: 'accepted', ts: ts ?? null };
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): SlackOutcome {
  if (error instanceof WebAPIRateLimitedError) {
    const ms = error.retryAfter > 0 ? Math.min(error.retryAfter * 1_000, LONGEST_BUSY_MS) : BUSY_MS;
    return { outcome: 'busy', ms, reason: 'Slack answered 429' };
  }
  if (error instanceof WebAPIHTTPError) return { outcome: 'unavailable', reason: `Slack answered ${error.statusCode}` };
  if (!(error instanceof WebAPIPlatformError)) return { outcome: 'unavailable', reason: 'Slack could not be reached' };
  // Slack's refusals are one word; anything else comes from something that stands in its place.
  const word = /^[a-z][a-z_]{0,60}$/.exec(error.data.error)?.[0];
  if (word === undefined) return { outcome: 'unavailable', reason: 'an answer came that is not Slack’s' };
  const reason = `Slack answered ${word}`;
  if (word === 'ratelimited' || word === 'rate_limited') return { outcome: 'busy', ms: BUSY_MS, reason };
  if (FOR_NOW.has(word)) return { outcome: 'unavailable', reason };
  return { outcome: 'refused', reason, because: causeOf(word) };
}

const causeOf = (word: string) =>
  OF_THE_MESSAGE.has(word) ? 'message' : OF_THE_THREAD.has(word) ? 'thread' : 'channel';
