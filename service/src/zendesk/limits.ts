// Holds the limits of our calls to Zendesk.

export interface ZendeskLimits {
  timeoutMs: number;
  /** Tries of one read, the first included. */
  readTries: number;
  /** Wait before the second try of a read; doubles each time, half of it jitter. */
  backoffMs: number;
  /** A read waits as long as this for a busy Zendesk; a longer wait is passed on as `busy`. */
  longestReadWaitMs: number;
  /** An access token is renewed this long before it ends. */
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
 * Reads of single tickets a minute that nobody waits for: half of what Zendesk's smallest plan allows for everything (200,
 * developer.zendesk.com/api-reference/introduction/rate-limits/), so that agents and other integrations find room.
 */
export const BACKGROUND_READS_PER_MINUTE = 100;
