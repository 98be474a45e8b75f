// Stops deliveries to a failing receiver for a while.

export interface CircuitBreaker {
  /** False while the pause runs: what would be sent now is lost. */
  lets(): boolean;
  record(succeeded: boolean): void;
  /** `broken` from the moment it trips until a delivery succeeds again. */
  state(): 'closed' | 'broken';
}

const WINDOW_MS = 5 * 60_000;
const PAUSE_MS = 5_000;
const ARMED_FROM = 100;
const ERROR_SHARE = 0.7;
const MOST_ERRORS = 1_000;

interface Second {
  at: number;
  requests: number;
  errors: number;
}

/**
 * Trips at 70 % errors or more than 1,000 errors within 5 minutes, never below 100 requests in that time; then sends
 * nothing for 5 s and tries again. Source: Zendesk help, "Creating and monitoring webhooks", circuit breaker.
 */
export function createCircuitBreaker(now: () => number): CircuitBreaker {
  let seconds: Second[] = [];
  let pausedUntil = 0;
  let broken = false;

  function count(succeeded: boolean) {
    const at = Math.floor(now() / 1_000) * 1_000;
    let last = seconds.at(-1);
    if (last === undefined || last.at !== at) {
      seconds = seconds.filter((second) => second.at > now() - WINDOW_MS);
      last = { at, requests: 0, errors: 0 };
      seconds.push(last);
    }
    last.requests += 1;
    if (!succeeded) last.errors += 1;
  }

  function isTooBad() {
    const requests = seconds.reduce((sum, second) => sum + second.requests, 0);
    const errors = seconds.reduce((sum, second) => sum + second.errors, 0);
    return requests >= ARMED_FROM && (errors >= requests * ERROR_SHARE || errors > MOST_ERRORS);
  }

  return {
    lets: () => now() >= pausedUntil,
    state: () => (broken ? 'broken' : 'closed'),
    record(succeeded) {
      count(succeeded);
      if (succeeded) {
        // Old errors must not trip it again with the first new one: a success starts a fresh window.
        if (broken) seconds = [];
        broken = false;
        return;
      }
      if (broken || isTooBad()) {
        broken = true;
        pausedUntil = now() + PAUSE_MS;
      }
    },
  };
}
