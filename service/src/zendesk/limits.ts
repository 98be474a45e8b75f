// Defines the limits of our calls to Zendesk, and tracks when the account's own is used up.

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

export interface AccountBucket {
  /** Reads the rate limit headers of an answer. */
  note(headers: Headers): void;
  /** Milliseconds until the account accepts calls again; 0 when it does. */
  waitMs(): number;
  /** Milliseconds until more than half of the limit is available again; 0 when it is. */
  scarceMs: () => number;
}

/** A longer window would be a misread header; Zendesk's windows last a minute. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Reads `x-rate-limit-remaining` with `ratelimit-reset` (seconds), and `retry-after` of answers that say that the account's own
 * limit is used up. All calls of the process share it: after one 429 the others wait too.
 */
export function createAccountBucket(clock: () => number): AccountBucket {
  let openAt = 0;
  let scarceUntil = 0;
  return {
    note(headers) {
      const remaining = number(headers.get('x-rate-limit-remaining') ?? headers.get('ratelimit-remaining'));
      if (remaining === null) return;
      const total = number(headers.get('x-rate-limit') ?? headers.get('ratelimit-limit')) ?? 0;
      const seconds = number(headers.get('retry-after')) ?? number(headers.get('ratelimit-reset'));
      const resetAt = clock() + Math.min((seconds ?? 0) * 1000, LONGEST_WAIT_MS);
      scarceUntil = remaining > total / 2 ? 0 : resetAt;
      if (remaining === 0 && seconds !== null) openAt = Math.max(openAt, resetAt);
    },
    waitMs: () => Math.max(0, openAt - clock()),
    scarceMs: () => Math.max(0, scarceUntil - clock()),
  };
}

function number(text: string | null): number | null {
  const value = text === null ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
