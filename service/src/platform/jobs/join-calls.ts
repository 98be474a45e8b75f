// Joins calls that come in quick succession into one.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first call runs at once; those within `everyMs` milliseconds of it are joined into one run at the end of that time, and so on. Each call
 * resolves with the run that serves it, which begins after the call. When `signal` aborts, a run that waits begins at once.
 */
export function joinCalls(run: () => Promise<unknown>, everyMs: number, signal: AbortSignal): () => Promise<void> {
  let nextAt = 0;
  /** The run that waits for its time. */
  let waiting: Promise<void> | null = null;

  async function runNow(): Promise<void> {
    nextAt = performance.now() + everyMs;
    await run();
  }

  async function runLater(waitMs: number): Promise<void> {
    await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    waiting = null;
    await runNow();
  }

  return () => {
    if (waiting) return waiting;
    const waitMs = nextAt - performance.now();
    if (waitMs <= 0) return runNow();
    waiting = runLater(waitMs);
    return waiting;
  };
}
