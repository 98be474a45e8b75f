// Runs the features' jobs in a worker process, as soon as Zendesk accepts our login.
import type { DirectoryStart } from '../directory/start-directory.ts';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import type { JobQueue } from '../platform/jobs/job-queue.ts';
import { keepSweeping } from '../platform/jobs/keep-sweeping.ts';
import type { Logger } from '../platform/logging/logger.ts';

export interface WorkersDeps {
  /** Guarded: nothing that they do here throws or rejects. */
  features: readonly Feature[];
  queue: JobQueue;
  directory: Pick<DirectoryStart, 'opened' | 'trouble'>;
  logger: Logger;
  /** Aborted when the service is stopping. */
  signal: AbortSignal;
}

export interface Workers {
  check: () => Check;
  /** Resolves when no more jobs are started; the queue's `stop` waits for running ones. */
  ended: Promise<void>;
}

/** Starts at once and runs until `signal` aborts. */
export function runWorkers({ features, queue, directory, logger, signal }: WorkersDeps): Workers {
  let isRunning = false;

  async function run(): Promise<void> {
    if (!(await directory.opened())) return;
    await queue.startWorkers(
      features.flatMap(({ jobs = [] }) => jobs),
      { signal },
    );
    const sweeps = features.flatMap(({ name, sweep }) => (sweep ? { feature: name, sweep } : []));
    const sweeping = keepSweeping({ queue, sweeps, logger, signal });
    isRunning = true;
    await Promise.all([sweeping, ...features.map(({ onWorkersStarted }) => onWorkersStarted?.())]);
  }

  const ended = run();
  return { check: () => (isRunning ? { ok: true } : { ok: false, message: directory.trouble() }), ended };
}
