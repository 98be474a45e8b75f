// Stops the parts of the service in order, within a time limit.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';

export interface Step {
  name: string;
  /** `leftMs`: the time it may take. */
  run: (leftMs: number) => Promise<unknown>;
  /** Milliseconds reserved for the steps after it. */
  leaves: number;
}

/** The minimum for each step even when the time is up: closing idle resources takes no longer. */
const LEAST_MS = 500;

/**
 * Runs the steps one after another. A step that takes too long or fails is abandoned with a warning: the sender of SIGTERM kills the process when
 * the time is up, and then even quick steps would be cut off.
 */
export async function stopInOrder(steps: readonly Step[], graceMs: number, logger: Logger): Promise<void> {
  const endsAt = performance.now() + graceMs;
  for (const { name, run, leaves } of steps) {
    const leftMs = Math.max(LEAST_MS, endsAt - performance.now() - leaves);
    const stopping = new AbortController();
    const tooLate = pause(leftMs, 'late', { signal: stopping.signal }).catch(() => null);
    try {
      if ((await Promise.race([run(leftMs), tooLate])) === 'late')
        logger.warn(
          { part: name, leftMs: Math.round(leftMs) },
          'A part of the service did not stop in time and was abandoned',
        );
    } catch (error) {
      logger.warn({ part: name, ...aboutError(error) }, 'A part of the service failed to stop');
    } finally {
      stopping.abort();
    }
  }
}
