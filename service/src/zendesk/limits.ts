// Defines the limits of our calls to Zendesk.

export interface ZendeskLimits {
  timeoutMs: number;
  /** Attempts of one read, including the first. */
  readTries: number;
  /** Wait before the second attempt of a read; doubles each time, half of it jitter. */
  backoffMs: number;
  /** A read waits up to this long for a busy Zendesk; longer waits are passed on as `busy`. */
  longestReadWaitMs: number;
  /** An access token is renewed this long before it expires. */
  renewBeforeMs: number;
}

export const ZENDESK_LIMITS: ZendeskLimits = {
  timeoutMs: 15_000,
  readTries: 4,
  backoffMs: 500,
  longestReadWaitMs: 60_000,
  renewBeforeMs: 60_000,
};

/**
 * Background reads of single tickets per minute: half of what Zendesk's smallest plan allows for everything (200,
 * developer.zendesk.com/api-reference/introduction/rate-limits/), which leaves the other half to agents and other integrations.
 */
export const BACKGROUND_READS_PER_MINUTE = 100;
