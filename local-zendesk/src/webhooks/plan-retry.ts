// Decides after an attempt whether to retry the delivery.

/** How one attempt ended. `retryAfterS` is the `retry-after` header in seconds, null when absent or not a number. */
export type AttemptOutcome =
  | { kind: 'answered'; status: number; retryAfterS: number | null }
  | { kind: 'timed_out' }
  | { kind: 'unreachable'; reason: string };

/** How often this delivery was tried again so far, by reason. */
export interface RetriesSoFar {
  timeouts: number;
  conflicts: number;
  throttled: number;
}

export type NextStep = { do: 'finish' } | { do: 'retry'; inMs: number; because: keyof RetriesSoFar } | { do: 'lose' };

const MOST_RETRIES: RetriesSoFar = {
  timeouts: 5,
  conflicts: 3,
  // Zendesk prints no number for 429 and 503; the one it prints for time-outs is taken.
  throttled: 5,
};

/**
 * Zendesk's retry table: time-outs up to 5 times, 409 up to 3 times, 429 and 503 when `retry-after` is under 60 s;
 * every other failure loses the event. The pause after a time-out or a 409 is not documented: `pauseMs`, doubled each time.
 * Source: Zendesk help, "Creating and monitoring webhooks", failure handling.
 */
export function planRetry(outcome: AttemptOutcome, soFar: RetriesSoFar, pauseMs = 1_000): NextStep {
  const again = (because: keyof RetriesSoFar, inMs: number): NextStep =>
    soFar[because] < MOST_RETRIES[because] ? { do: 'retry', inMs, because } : { do: 'lose' };
  switch (outcome.kind) {
    case 'timed_out':
      return again('timeouts', pauseMs * 2 ** soFar.timeouts);
    case 'unreachable':
      return { do: 'lose' };
    case 'answered': {
      const { status, retryAfterS } = outcome;
      if (status >= 200 && status < 300) return { do: 'finish' };
      if (status === 409) return again('conflicts', pauseMs * 2 ** soFar.conflicts);
      if ((status === 429 || status === 503) && retryAfterS !== null && retryAfterS < 60) {
        return again('throttled', retryAfterS * 1_000);
      }
      return { do: 'lose' };
    }
  }
}
