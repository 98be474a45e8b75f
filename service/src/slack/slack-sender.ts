// Declares how messages are handed to Slack.
import type { SlackBody } from './render-message.ts';

/** `reason`: for operators; never the address, which is a secret. */
export type SlackOutcome =
  /** `ts`: Slack's id of the message; null: incoming webhooks tell none. */
  | { outcome: 'accepted'; ts: string | null }
  /** Slack will not take it later either. `message`: because of what it says, not of where it goes; `thread`: what it answers is gone. */
  | { outcome: 'refused'; reason: string; because: 'message' | 'channel' | 'thread' }
  /** Not before `ms` milliseconds. */
  | { outcome: 'busy'; ms: number; reason: string }
  /** It cannot be reached, or does not work; perhaps it took the message. */
  | { outcome: 'unavailable'; reason: string };

export interface Reply {
  /** Slack's id of the message that is answered. */
  readonly to: string;
  /** Whether it is shown in the channel too. */
  readonly inChannel: boolean;
}

export interface SlackSender {
  /** Whether the channel has an address. */
  has(channel: string): boolean;
  /** Never throws. `reply`: ignored by channels with an incoming webhook, which cannot. */
  post(channel: string, body: SlackBody, reply?: Reply | null): Promise<SlackOutcome>;
}
