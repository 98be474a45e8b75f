// The part of the service that performs effects: its job, its sweep, its retention and its metrics, for every kind of effect.
import type { Feature } from '../feature.ts';
import { defineJob, job, NOTHING } from '../jobs/define-job.ts';
import type { Enqueue } from '../jobs/job-queue.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Database } from '../storage/database.ts';
import { nextDueMs } from './due.ts';
import { deleteEnded } from './entries.ts';
import { createOutbox, type OutboxDeps } from './outbox.ts';

/** Performs what is due in the outbox, as far as the rates of its kinds allow. */
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
}

/** Effects are kept this long after they ended: long enough to explain a ticket, and to know an effect again that is recorded twice. */
const KEEP_DAYS = 30;

export function outboxFeature(deps: OutboxFeatureDeps): Feature {
  const { db, kinds, metrics, enqueue } = deps;
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
        // A job that waits for long would keep one that is due sooner from being enqueued.
        await enqueue(performEffectsJob, {}, { delayMs: Math.min(Math.max(againInMs, 100), 5_000) });
      }),
    ],
    sweep: async (queue) => {
      if (await isDue()) await queue.enqueue(performEffectsJob, {});
    },
    retention: [(now) => deleteEnded(db, new Date(now.getTime() - KEEP_DAYS * 86_400_000))],
  };
}
