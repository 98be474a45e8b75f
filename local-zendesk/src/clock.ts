// Keeps the local Zendesk's time and runs what is due.

/** Takes a scheduled call back. Calling it twice, or after the call ran, does nothing. */
type Cancel = () => void;

/** The account's time: runs with the machine's, and can be moved forward. All times are epoch milliseconds. */
export interface Clock {
  now: () => number;
  /** Moves time forward by `ms` at once; what falls due on the way runs in order, each seeing its own due time. */
  advance(ms: number): void;
  /** How far this clock is ahead of the machine's, in milliseconds. */
  ahead(): number;
  /** Runs `run` once when the (moved) time has come. Does not keep the process alive. */
  schedule(ms: number, run: () => void): Cancel;
  /** Forgets everything scheduled. */
  stop(): void;
}

interface Due {
  at: number;
  run: () => void;
}

// Node turns a longer delay into 1 ms (a signed 32-bit field), so long waits are taken in pieces.
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Builds a clock on the machine's time, or on `now` (epoch milliseconds) in tests. */
export function createClock(options: { now?: () => number } = {}): Clock {
  const source = options.now ?? Date.now;
  const waiting = new Set<Due>();
  let ahead = 0;
  let alarm: NodeJS.Timeout | undefined;

  const now = () => source() + ahead;
  const earliest = () => [...waiting].reduce<Due | null>((a, b) => (a === null || b.at < a.at ? b : a), null);

  function arm() {
    clearTimeout(alarm);
    const next = earliest();
    if (next === null) return;
    alarm = setTimeout(runDue, Math.min(Math.max(1, next.at - now()), LONGEST_WAIT_MS));
    alarm.unref();
  }

  function runDue() {
    for (let next = earliest(); next !== null && next.at <= now(); next = earliest()) {
      waiting.delete(next);
      next.run();
    }
    arm();
  }

  return {
    now,
    ahead: () => ahead,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`A clock moves forward only: ${ms} ms given.`);
      // The machine's time continues meanwhile, so the offset is stored, not the target time.
      const goal = ahead + ms;
      const target = now() + ms;
      for (let next = earliest(); next !== null && next.at <= target; next = earliest()) {
        ahead += Math.max(0, next.at - now());
        waiting.delete(next);
        next.run();
      }
      ahead = Math.max(ahead, goal);
      arm();
    },
    schedule(ms, run) {
      const due: Due = { at: now() + Math.max(0, ms), run };
      waiting.add(due);
      arm();
      return () => {
        if (waiting.delete(due)) arm();
      };
    },
    stop() {
      waiting.clear();
      clearTimeout(alarm);
    },
  };
}
