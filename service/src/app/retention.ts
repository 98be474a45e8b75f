// The hourly job that deletes and erases data whose retention period has ended.
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import { defineJob, job, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';

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
