// Is the account's rate limit used up, and until when?

export interface AccountBucket {
  /** Reads the limit headers of an answer. */
  note(headers: Headers): void;
  /** Milliseconds until the account takes calls again; 0 when it does. */
  waitMs(): number;
}

/** A window that never ends would be a misread header; Zendesk's windows last a minute. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Watches `x-rate-limit-remaining` with `ratelimit-reset` (seconds), and `retry-after` of answers which say that the account's own
 * bucket is empty. All calls of the process share it: one 429 is enough to make the others wait.
 */
export function createAccountBucket(clock: () => number): AccountBucket {
  let openAt = 0;
  return {
    note(headers) {
      const remaining = number(headers.get('x-rate-limit-remaining') ?? headers.get('ratelimit-remaining'));
      if (remaining === null || remaining > 0) return;
      const seconds = number(headers.get('retry-after')) ?? number(headers.get('ratelimit-reset'));
      if (seconds === null) return;
      openAt = Math.max(openAt, clock() + Math.min(seconds * 1000, LONGEST_WAIT_MS));
    },
    waitMs: () => Math.max(0, openAt - clock()),
  };
}

function number(text: string | null): number | null {
  const value = text === null ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
}
