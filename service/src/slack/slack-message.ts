// Declares a message to a Slack channel, an effect of the outbox.
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EffectDefinition } from '../platform/outbox/effect-definition.ts';

/** Plain text, or a link. Slack's markup is added, and what would be markup escaped, when it is sent. */
export type SlackPart = string | { readonly text: string; readonly url: string } | { readonly bold: string };

/** The parts of one line. */
export type SlackLine = readonly SlackPart[];

/** Addresses, phone and card numbers are removed when it is sent. Whoever puts customers' words into one also erases them (`surveys/erasing.ts`). */
export interface SlackMessage {
  /** As the policy names it; `default` is that of `SLACK_WEBHOOK_URL`. */
  readonly channel: string;
  /** What it says in one line: all that a digest and a notification show. */
  readonly summary: SlackLine;
  /** What follows the summary. */
  readonly lines: readonly SlackLine[];
  /** Of the customer whose words it has: numbers without a prefix may be of their country. */
  readonly customerLocale?: string | undefined;
  /**
   * What belongs together, by a key. Where Deskwright posts as a bot, a `reply` stands in the thread of the `first` message, and a `correction` in
   * the channel too; an incoming webhook cannot answer, so that each must say what it is about.
   */
  readonly thread?: { readonly key: string; readonly as: 'first' | 'reply' | 'correction' } | undefined;
}

const line: z.ZodType<SlackLine> = z.array(
  z.union([
    z.string(),
    z.strictObject({ text: z.string(), url: z.url({ protocol: /^https?$/ }) }),
    z.strictObject({ bold: z.string() }),
  ]),
);

/**
 * Sent while Deskwright acts, also on new tickets or one group only: it changes nothing in Zendesk. Who records one about a ticket sees to it that
 * Deskwright acts on that ticket. Sent at least once: after a time-out it may come twice, which is better than not at all.
 */
export const SLACK_MESSAGE: EffectDefinition<SlackMessage> = {
  name: 'slack_message',
  description: 'A message to Slack',
  payload: z.strictObject({
    channel: z.string(),
    summary: line,
    lines: z.array(line),
    customerLocale: z.string().optional(),
    thread: z.strictObject({ key: z.string(), as: z.enum(['first', 'reply', 'correction']) }).optional(),
  }),
  coalesceBy: ({ payload }) => `slack:${payload.channel}`,
  inScope: () => sql`true`,
  whenInDoubt: 'retry',
  advise: (reason) =>
    /\b(invalid_payload|invalid_blocks|no_text|too_long)\b/.test(reason)
      ? 'Slack does not take a message of this form. Retry it with a newer version of Deskwright.'
      : /\b(not_in_channel|channel_not_found|is_archived|missing_scope|invalid_auth|token_\w+|account_inactive)\b/.test(
            reason,
          )
        ? 'See that the bot is in the channel and that its token holds and may `chat:write` (docs/guides/slack.md), then retry it.'
        : 'Make a new incoming webhook for the channel in Slack, put its address where the service finds it (docs/guides/slack.md), restart the service, then retry it.',
};
