// Joins calls that come in quick succession into one.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first call runs at once; those within `everyMs` milliseconds of it are joined into one run at the end of that time, and so on. Each call
 * resolves with the run that serves it, which begins after the call. When `signal` aborts, a run that waits begins at once.
 */
export function joinCalls(run: () => Promise<unknown>, everyMs: number, signal: AbortSignal): () => Promise<void> {
  let nextAt = 0;
  let next: Promise<void> | null = null;

  async function runNext(): Promise<void> {
    const waitMs = nextAt - performance.now();
    if (waitMs > 0) await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    next = null;
    nextAt = performance.now() + everyMs;
    await run();
  }

  return () => (next ??= runNext());
}
