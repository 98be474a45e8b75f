// The feature that keeps Zendesk's views in the order the policy wants.
import type { Policy } from '@deskwright/shared';
import { z } from 'zod';
import type { Feature } from '../platform/feature.ts';
import { defineJob, type Enqueue, job } from '../platform/jobs/job-queue.ts';
import { joinCalls } from '../platform/jobs/join-calls.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import { actsOnEverything } from '../platform/outbox/activation.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import type { TicketHook } from '../tickets/index.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import { type CheckReason, checkViews } from './check-views.ts';
import { viewOverrules } from './tables.ts';

export { partToCount } from './place-in-large-queue.ts';
export { firstOf, listQueue, nextOldestRows, type Place, placeOf, placeRows, WHOLE_QUEUE } from './queue-order.ts';
export { nameOfView } from './view-order.ts';

export interface ViewsDeps {
  db: Database;
  zendesk: Zendesk;
  policy: { current: () => { policy: Policy } };
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

/** The first event triggers a check at once; later ones trigger one check per this interval. Milliseconds. */
const EVENTS_EVERY_MS = 5_000;

export function viewsFeature({ db, zendesk, policy, metrics, enqueue, logger, signal }: ViewsDeps): Feature & {
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
  return {
    name: 'views',
    jobs: [
      job(checkViewsJob, async ({ reason }) => {
        const views = () => policy.current().policy.views;
        const { againInMs } = await checkViews(
          { db, zendesk, views, isActing: () => actsOnEverything(db), logger },
          reason,
        );
        if (againInMs !== null) await enqueue(checkViewsJob, { reason: 'event' }, { delayMs: soon(againInMs) });
      }),
    ],
    onWorkersStarted: () => checkNow('start'),
    onPolicyChange: () => checkNow('policy'),
    ticketHooks: [{ onBatchProcessed }],
    tables: {
      view_checks: { staysBecause: 'a row for each view of the policy' },
      view_overrules: { keptFor: 'decisions' },
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
