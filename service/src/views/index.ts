// The feature that keeps Zendesk's views in the policy's order.
import { z } from 'zod';
import type { Feature } from '../platform/feature.ts';
import { defineJob, type Enqueue, job, NOTHING } from '../platform/jobs/job-queue.ts';
import { joinCalls } from '../platform/jobs/join-calls.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import { actsOnEverything } from '../platform/outbox/activation.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { TicketHook } from '../tickets/index.ts';
import type { AccountObjects } from '../zendesk/account-objects.ts';
import { bandQueue } from './band-queue.ts';
import { type CheckReason, checkViews } from './check-views.ts';
import { viewOverrules } from './tables.ts';

export { partToCount } from './place-in-large-queue.ts';
export { firstOf, listQueue, nextOldestRows, type Place, placeOf, placeRows, WHOLE_QUEUE } from './queue-order.ts';

export interface ViewsDeps {
  db: Database;
  config: { zendesk: { baseUrl: string } };
  objects: AccountObjects;
  policy: { current: () => PolicyInForce };
  /** Epoch milliseconds. */
  clock: () => number;
  metrics: Metrics;
  enqueue: Enqueue;
  logger: Logger;
  signal: AbortSignal;
}

const REASONS = ['start', 'policy', 'event', 'schedule'] as const satisfies readonly CheckReason[];

/** @internal */
export const checkViewsJob = defineJob<{ reason: CheckReason }>({
  name: 'check-views',
  payload: z.strictObject({ reason: z.enum(REASONS) }),
  schedule: { everyMs: 5 * 60_000, payload: { reason: 'schedule' } },
});

/** Tickets that agents move, and those that rise as time passes, wait at most this long. */
const orderQueueJob = defineJob({
  name: 'order-queue',
  payload: NOTHING,
  schedule: { everyMs: 5_000, payload: {} },
});

/** The first event triggers a check at once; later ones trigger one check per this interval. Milliseconds. */
const EVENTS_EVERY_MS = 5_000;
/** The same for the order of the queue, which an urgent ticket should enter at once. */
const ORDER_EVERY_MS = 500;

export function viewsFeature({
  config,
  db,
  objects,
  policy,
  metrics,
  enqueue,
  clock,
  logger,
  signal,
}: ViewsDeps): Feature & {
  ticketHooks: TicketHook[];
} {
  metrics.counted('deskwright_views', 'Managed views, by state.', {
    table: 'view_checks',
    labels: { state: 'state' },
  });
  /** Under an id of its own: a waiting check for a ticket event would otherwise absorb it, and that checks each view only once a minute. */
  const checkNow = (reason: CheckReason) =>
    enqueue(checkViewsJob, { reason }, { dedupeId: `${checkViewsJob.name}-${reason}` });
  // Ticket events check a view at most once a minute.
  const onBatchProcessed = joinCalls(() => enqueue(checkViewsJob, { reason: 'event' }), EVENTS_EVERY_MS, signal);
  const orderQueue = bandQueue({ db, policy, clock, signal });
  const order = joinCalls(() => enqueue(orderQueueJob, {}), ORDER_EVERY_MS, signal);
  const onQueueChanged = async (): Promise<void> => {
    if (policy.current().policy.queue_order !== undefined) await order();
  };
  return {
    name: 'views',
    jobs: [
      job(orderQueueJob, orderQueue),
      job(checkViewsJob, async ({ reason }) => {
        const views = () => policy.current().policy.views;
        const { againInMs } = await checkViews(
          {
            db,
            objects,
            account: config.zendesk.baseUrl,
            now: () => new Date(clock()),
            views,
            isActing: () => actsOnEverything(db),
            logger,
          },
          reason,
        );
        if (againInMs !== null) await enqueue(checkViewsJob, { reason: 'event' }, { delayMs: soon(againInMs) });
      }),
    ],
    onWorkersStarted: () => checkNow('start'),
    onPolicyChange: () => checkNow('policy'),
    ticketHooks: [{ onBatchProcessed }, { onBatchProcessed: onQueueChanged }],
    tables: {
      view_checks: { staysBecause: 'a row for each view of the policy' },
      view_overrules: { keptFor: 'decisions' },
      queue_due: { staysBecause: 'a row for each waiting ticket whose place in the queue may change' },
    },
    retention: [
      (now) =>
        deleteOldRows(
          db,
          { table: viewOverrules, at: viewOverrules.foundAt },
          daysBefore(now, policy.current().policy.retention.decisions),
        ),
    ],
  };
}

/** A job with a long delay would prevent an earlier one from being enqueued. Milliseconds. */
const soon = (againInMs: number): number => Math.min(Math.max(againInMs, 100), 5_000);
