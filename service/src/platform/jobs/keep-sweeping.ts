// Enqueues jobs for rows that have none, because the queue was down or emptied, or a process died before enqueuing one.
import { setTimeout as pause } from 'node:timers/promises';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { JobQueue } from './job-queue.ts';

/** Enqueues jobs for a feature's rows that have none. If a job already waits, the queue ignores the second. */
export type Sweep = (queue: Pick<JobQueue, 'enqueue' | 'enqueueMany'>) => Promise<void>;

export interface KeepSweepingDeps {
  queue: Pick<JobQueue, 'enqueue' | 'enqueueMany' | 'declare'>;
  sweeps: readonly { feature: string; sweep: Sweep }[];
  logger: Logger;
  signal: AbortSignal;
  /** Milliseconds from the end of one round to the next. */
  everyMs?: number;
}

/**
 * Sweeps at once and then again and again, until aborted; a sweep that fails or hangs does not keep the others waiting. A plain timer and no recurring job, because a queue that was emptied has
 * lost its recurring jobs too. Every worker process may do it: a second sweep finds nothing to do.
 */
export async function keepSweeping({
  queue,
  sweeps,
  logger,
  signal,
  everyMs = 15_000,
}: KeepSweepingDeps): Promise<void> {
  async function keep(about: { feature?: string }, sweep: () => Promise<unknown>): Promise<void> {
    let failing = false;
    while (!signal.aborted) {
      try {
        await sweep();
        failing = false;
      } catch (error) {
        if (!failing) logger.warn({ ...about, ...aboutError(error) }, 'Sweeping failed; retrying');
        failing = true;
      }
      await pause(everyMs, null, { signal, ref: false }).catch(() => null);
    }
  }

  await Promise.all([
    keep({}, () => queue.declare()),
    ...sweeps.map(({ feature, sweep }) => keep({ feature }, () => sweep(queue))),
  ]);
}
