// Merges calls in quick succession into one (throttles).
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first call runs at once; those within `everyMs` milliseconds of it are merged into one run at the end of that interval, and so on. Each call
 * resolves with its run, which starts after the call. When `signal` aborts, a waiting run starts at once.
 */
export function joinCalls(run: () => Promise<unknown>, everyMs: number, signal: AbortSignal): () => Promise<void> {
  let nextAt = 0;
  /** The waiting run. */
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
