// Declares how messages are handed to Slack.
import type { SlackBody } from './render-message.ts';

/** `reason`: for operators; never the address, which is a secret. */
export type SlackOutcome =
  | { outcome: 'accepted' }
  /** Slack will not take it later either. `message`: because of what it says, not of where it goes. */
  | { outcome: 'refused'; reason: string; because: 'message' | 'channel' }
  /** Not before `ms` milliseconds. */
  | { outcome: 'busy'; ms: number; reason: string }
  /** It cannot be reached, or does not work; perhaps it took the message. */
  | { outcome: 'unavailable'; reason: string };

export interface SlackSender {
  /** Whether the channel has an address. */
  has(channel: string): boolean;
  /** Never throws. */
  post(channel: string, body: SlackBody): Promise<SlackOutcome>;
}
