// The feature that performs effects of every kind: its job, sweep, retention and metrics.
import type { Feature } from '../feature.ts';
import { defineJob, job, NOTHING } from '../jobs/define-job.ts';
import type { Enqueue } from '../jobs/job-queue.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Database } from '../storage/database.ts';
import { daysBefore } from '../storage/delete-old-rows.ts';
import { nextDueMs } from './due.ts';
import { deleteEnded } from './entries.ts';
import { createOutbox, type OutboxDeps } from './outbox.ts';

/** Performs the due entries of the outbox, as far as the rate limits of their kinds allow. */
export const performEffectsJob = defineJob({
  name: 'perform-effects',
  payload: NOTHING,
  globalConcurrency: null,
  schedule: { everyMs: 15_000, payload: {} },
});

export interface OutboxFeatureDeps extends OutboxDeps {
  db: Database;
  metrics: Metrics;
  enqueue: Enqueue;
  /** How long ended effects are kept, such as `30d`: to explain a ticket, and to recognise an effect that is recorded twice. */
  keepEffects?: () => string;
}

export function outboxFeature(deps: OutboxFeatureDeps): Feature {
  const { db, kinds, metrics, enqueue, keepEffects = () => '30d' } = deps;
  const outbox = createOutbox(deps);
  metrics.counted('deskwright_outbox_effects', 'Effects, by kind and state.', {
    table: 'outbox',
    labels: { kind: 'kind', state: 'state' },
    exact: ["state IN ('waiting', 'in_flight')", "state = 'parked'"],
  });
  const isDue = async (): Promise<boolean> => {
    const waits = await Promise.all(kinds.map(({ name }) => nextDueMs(db, name)));
    return waits.includes(0);
  };
  return {
    name: 'outbox',
    jobs: [
      job(performEffectsJob, async () => {
        const { againInMs } = await outbox.perform();
        if (againInMs === null) return;
        // A job with a long delay would prevent an earlier one from being enqueued.
        await enqueue(performEffectsJob, {}, { delayMs: Math.min(Math.max(againInMs, 100), 5_000) });
      }),
    ],
    sweep: async (queue) => {
      if (await isDue()) await queue.enqueue(performEffectsJob, {});
    },
    tables: {
      outbox: { keptFor: 'effects' },
      write_budget: { staysBecause: 'a row for each budget' },
    },
    retention: [(now) => deleteEnded(db, daysBefore(now, keepEffects()))],
  };
}
