// Runs the features' jobs in a worker process, as soon as Zendesk accepts our login, and the job that deletes what was kept long enough.
import type { DirectoryStart } from '../directory/start-directory.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import { defineJob, type JobQueue, job, NOTHING } from '../platform/jobs/job-queue.ts';
import { keepSweeping } from '../platform/jobs/keep-sweeping.ts';
import type { Logger } from '../platform/logging/logger.ts';

interface WorkersDeps {
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

/** @internal */
export const pruneJob = defineJob({
  name: 'prune',
  payload: NOTHING,
  schedule: { everyMs: 60 * 60_000, payload: {} },
});

/** What each of the features keeps for a time only. One that fails does not stop the others; the job then fails, and is tried again. */
export function retentionFeature(
  features: readonly Pick<Feature, 'name' | 'retention'>[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Feature {
  return {
    name: 'retention',
    tables: {
      settings: { staysBecause: 'a row for each name; triggers of old policies go with the last decision by them' },
    },
    jobs: [
      job(pruneJob, async () => {
        let failure: unknown;
        const all = features.flatMap(({ name, retention = [] }) => retention.map((prune) => ({ name, prune })));
        for (const { name, prune } of all) {
          if (signal.aborted) return;
          try {
            await prune(new Date(), signal);
          } catch (error) {
            logger.warn(
              { feature: name, ...aboutError(error) },
              'Could not delete rows whose retention period has ended',
            );
            failure = error;
          }
        }
        if (failure) throw failure;
      }),
    ],
  };
}
