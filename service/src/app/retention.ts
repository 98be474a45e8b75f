// The hourly job that deletes and erases what was kept long enough.
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature, Retention } from '../platform/feature.ts';
import { defineJob, job, NOTHING } from '../platform/jobs/define-job.ts';
import type { Logger } from '../platform/logging/logger.ts';

const pruneJob = defineJob({
  name: 'prune',
  payload: NOTHING,
  schedule: { everyMs: 60 * 60_000, payload: {} },
});

/** One retention that fails does not stop the others; the job then fails, and is tried again. */
export function retentionFeature(
  retention: readonly Retention[],
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Feature {
  return {
    name: 'retention',
    jobs: [
      job(pruneJob, async () => {
        let failure: unknown;
        for (const prune of retention) {
          if (signal.aborted) return;
          try {
            await prune(new Date(), signal);
          } catch (error) {
            logger.warn(aboutError(error), 'Rows that were kept long enough could not be deleted');
            failure = error;
          }
        }
        if (failure) throw failure;
      }),
    ],
  };
}
