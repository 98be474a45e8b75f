// Posts messages to Slack: to incoming webhooks, or as a bot.
import { IncomingWebhook, IncomingWebhookHTTPError } from '@slack/webhook';
import { readRetryAfter } from '../platform/errors/external-error.ts';
import { postAsBot, type SlackBotChannel } from './post-as-bot.ts';
import type { SlackBody } from './render-message.ts';
import type { SlackOutcome, SlackSender } from './slack-sender.ts';

/** By channel; a text is the address of an incoming webhook. */
export type SlackAddresses = Readonly<Record<string, string | SlackBotChannel>>;

const TIMEOUT_MS = 10_000;
/** Where Slack does not say how long to wait. */
const BUSY_MS = 30_000;
const LONGEST_BUSY_MS = 24 * 3_600_000;

/** Slack's own refusals of what a message says: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
const OF_THE_MESSAGE = new Set([
  'invalid_payload',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'no_text',
  'too_many_attachments',
  'msg_too_long',
]);

export function createSlackSender(addresses: SlackAddresses): SlackSender {
  return {
    has: (channel) => Object.hasOwn(addresses, channel),
    post: async (channel, body, reply = null) => {
      const address = addresses[channel];
      if (address === undefined) return { outcome: 'unavailable', reason: 'the channel has no address' };
      return typeof address === 'string' ? postToWebhook(address, body) : postAsBot(address, body, reply);
    },
  };
}

async function postToWebhook(address: string, body: SlackBody): Promise<SlackOutcome> {
  let retryAfter: string | null = null;
  const webhook = new IncomingWebhook(address, {
    timeout: TIMEOUT_MS,
    // The outbox retries, in order and within the limits of all processes together.
    retryConfig: { retries: 0 },
    // The library passes on status and body, but not the header that says when to try again.
    fetch: async (...request) => {
      const response = await fetch(...request);
      retryAfter = response.headers.get('retry-after');
      return response;
    },
  });
  try {
    const { text } = await webhook.send(body);
    // Something else may answer in Slack's place, such as a proxy's login page.
    return text.trim() === 'ok'
      ? { outcome: 'accepted', ts: null }
      : { outcome: 'unavailable', reason: 'an answer came that is not Slack’s' };
  } catch (error) {
    if (error instanceof IncomingWebhookHTTPError) return explainAnswer(error, retryAfter);
    return { outcome: 'unavailable', reason: 'Slack could not be reached' };
  }
}

function explainAnswer({ statusCode, body }: IncomingWebhookHTTPError, retryAfter: string | null): SlackOutcome {
  // Slack's refusals are one word; anything else comes from a proxy, or says nothing that helps.
  const word = /^[a-z][a-z_]{0,60}$/.exec(body?.trim() ?? '')?.[0];
  const reason = `Slack answered ${statusCode}${word === undefined ? '' : ` ${word}`}`;
  if (statusCode === 429) return { outcome: 'busy', ms: busyMs(retryAfter), reason };
  const isRefusal = statusCode >= 400 && statusCode < 500 && statusCode !== 408 && word !== undefined;
  if (!isRefusal) return { outcome: 'unavailable', reason };
  return { outcome: 'refused', reason, because: OF_THE_MESSAGE.has(word) ? 'message' : 'channel' };
}

function busyMs(header: string | null): number {
  const ms = readRetryAfter(header) ?? 0;
  return ms > 0 ? Math.min(ms, LONGEST_BUSY_MS) : BUSY_MS;
}
