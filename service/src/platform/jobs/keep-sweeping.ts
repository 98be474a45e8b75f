// Who looks after the rows when the queue itself has forgotten?
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { SweepReport } from './sweep.ts';

export interface KeepSweepingDeps {
  sweep: () => Promise<SweepReport>;
  logger: Logger;
  signal: AbortSignal;
  /** Milliseconds from the end of one sweep to the next. */
  everyMs?: number;
}

/**
 * Sweeps at once and then again and again, until aborted. A plain timer and no recurring job, because a queue that was emptied has
 * lost its recurring jobs too. Every worker process may do it: a second sweep finds nothing to do.
 */
export async function keepSweeping({ sweep, logger, signal, everyMs = 15_000 }: KeepSweepingDeps): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      await sweep();
      failing = false;
    } catch (error) {
      if (!failing) logger.warn(aboutError(error), 'Sweeping failed; trying again until it works');
      failing = true;
    }
    await pause(everyMs, null, { signal, ref: false }).catch(() => null);
  }
}
