// How is a client for an account of Zendesk made?
import type { Logger } from '../logging/logger.ts';
import type { Zendesk, ZendeskErrorKind } from './zendesk.ts';

export interface ZendeskOptions {
  /** `https://acme.zendesk.com`, no slash at the end. */
  baseUrl: string;
  oauth?: { clientId: string; clientSecret: string } | undefined;
  /** Stops working on 2027-04-30: used only where no OAuth client is given, and with a warning. */
  apiToken?: { email: string; token: string } | undefined;
  fetch?: typeof fetch;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  limits?: Partial<ZendeskLimits>;
  /** Hears of every HTTP call that was made, tries and token requests included. */
  onCall?: (call: ZendeskCall) => void;
}

export interface ZendeskLimits {
  timeoutMs: number;
  /** Tries of one read, the first included. */
  readTries: number;
  backoffMs: number;
  /** A read waits as long as this for a busy Zendesk, and then passes the refusal on. */
  longestReadWaitMs: number;
}

export interface ZendeskCall {
  method: string;
  /** Path with ids replaced: `/api/v2/tickets/:id`. */
  route: string;
  outcome: 'ok' | ZendeskErrorKind;
  status: number | null;
  ms: number;
}

export function createZendesk(_options: ZendeskOptions): Zendesk {
  throw new Error('Not built yet.');
}
