// Tracks when the account's rate limit is used up, and until when.

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
