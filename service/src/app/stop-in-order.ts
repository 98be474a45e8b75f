// Stops the parts of the service in order, within a time limit.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';

export interface Step {
  name: string;
  /** `leftMs`: what it may take. */
  run: (leftMs: number) => Promise<unknown>;
  /** Milliseconds that must be left for the steps after it. */
  leaves: number;
}

/** What is asked for even when the time is over: closing what is idle takes no longer. */
const LEAST_MS = 500;

/**
 * Runs the steps one after another. One that takes too long, or fails, is left behind with a warning: whoever sent SIGTERM kills us when
 * the time is over, and then even what is quick would be cut off.
 */
export async function stopInOrder(steps: readonly Step[], graceMs: number, logger: Logger): Promise<void> {
  const endsAt = performance.now() + graceMs;
  for (const { name, run, leaves } of steps) {
    const leftMs = Math.max(LEAST_MS, endsAt - performance.now() - leaves);
    const stopping = new AbortController();
    const tooLate = pause(leftMs, 'late', { signal: stopping.signal }).catch(() => null);
    try {
      if ((await Promise.race([run(leftMs), tooLate])) === 'late')
        logger.warn({ part: name, leftMs: Math.round(leftMs) }, 'A part did not stop in time and is left behind');
    } catch (error) {
      logger.warn({ part: name, ...aboutError(error) }, 'A part did not stop as it should');
    } finally {
      stopping.abort();
    }
  }
}
