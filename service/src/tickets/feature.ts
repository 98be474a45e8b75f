// The feature that receives ticket events, decides tickets and writes the decisions to Zendesk.
import type { Directory } from '../directory/directory.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import { type Enqueue, type JobQueue, job } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import { countRecordedEffects } from '../platform/outbox/entries.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { type Zendesk, ZendeskError } from '../zendesk/zendesk.ts';
import type { TicketHook } from './hooks.ts';
import { decideDueJob, processBatchJob, processFloodJob, readExportJob, sweepTickets } from './jobs.ts';
import { ticketMetrics } from './metrics.ts';
import { createDueDecider } from './process/decide-due-tickets.ts';
import type { PipelineDeps } from './process/deps.ts';
import { createAnsweredHints } from './process/handle-events.ts';
import { processBatch, processFlood } from './process/process-batch.ts';
import type { TicketDeps } from './process/process-ticket.ts';
import { ticketReadiness } from './readiness.ts';
import { createInbox } from './receive/inbox.ts';
import { createWebhookHandler } from './receive/webhook-handler.ts';
import { createSweepRunner, runSweepsJob } from './redecide/run-sweeps.ts';
import { ticketRetention } from './retention.ts';
import { isImported } from './sync/export-position.ts';
import { followPeople } from './sync/follow-people.ts';
import { importTickets } from './sync/import-tickets.ts';
import {
  chargingExportReads,
  chargingReadBudget,
  leavingHalf,
  waitingForReadBudget,
  withinReadBudget,
} from './sync/read-budget.ts';
import { readRequesters } from './sync/read-requesters.ts';
import { rereadTicket } from './sync/reread-ticket.ts';
import { findWebhookLoss, findWebhookSilence, watchWebhooks } from './sync/watch-webhooks.ts';
import { TICKET_TABLES } from './tables.ts';
import { ticketChanges } from './write/perform-effects.ts';
import { TICKET_CHANGE } from './write/ticket-change.ts';

export interface TicketsDeps {
  config: { publicUrl: string; webhookSecrets: readonly string[] };
  /** Whether this process answers HTTP. */
  isWeb: boolean;
  db: Database;
  /** A separate pool for webhooks: behind twenty deciding transactions they waited 100 ms and more. */
  receiving: Database;
  zendesk: Zendesk;
  directory: { directory: Directory };
  policy: { current: () => PolicyInForce };
  hooks: readonly TicketHook[];
  metrics: Metrics;
  queue: Pick<JobQueue, 'enqueueMany'>;
  enqueue: Enqueue;
  /** Called when effects were recorded. */
  onEffect: () => Promise<unknown>;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  signal: AbortSignal;
}

ticketsFeature.effects = [TICKET_CHANGE];

export function ticketsFeature(deps: TicketsDeps): Feature {
  const { config, db, zendesk, policy, hooks, queue, enqueue, onEffect, clock, logger, signal } = deps;
  const metrics = ticketMetrics(deps.metrics);
  const pipeline: PipelineDeps = { db, zendesk, directory: deps.directory.directory, policy, hooks, clock, logger };
  const inbox = createInbox({
    pool: deps.receiving.$client,
    announce: (batches) =>
      queue.enqueueMany(
        processBatchJob,
        batches.map((batch) => ({ batch })),
      ),
    stopwatch: () => performance.now(),
    onCommit: ({ duplicates }) => metrics.duplicateDeliveries.inc(duplicates),
    logger,
  });
  const since = { db, clock, listeningSince: clock() };
  const webhooks = watchWebhooks({
    find: () => findWebhookSilence(since),
    findLoss: () => findWebhookLoss(since),
    wrongSignatures: deps.isWeb ? metrics.wrongSignatures : null,
    endpoint: `${config.publicUrl}/webhooks/zendesk`,
    logger,
  });
  const answered = createAnsweredHints();
  const onDecided = (outcome: string): void => metrics.decisions.inc({ outcome });
  const decideDue = createDueDecider({ ...pipeline, onDecided, signal });

  const processOneBatch = (batch: number): Promise<void> =>
    processWaiting(
      (deps) => processBatch({ ...deps, onFlood: (ticketId) => enqueue(processFloodJob, { ticketId }) }, batch),
      (delayMs) => enqueue(processBatchJob, { batch }, { delayMs, dedupeId: `batch-${batch}-later` }),
    );

  const processOneFlood = (ticketId: number): Promise<void> =>
    processWaiting(
      async (deps) => {
        if (await processFlood(deps, ticketId)) await enqueue(processFloodJob, { ticketId });
      },
      (delayMs) => enqueue(processFloodJob, { ticketId }, { delayMs }),
    );

  async function processWaiting(
    handle: (deps: TicketDeps) => Promise<void>,
    again: (delayMs: number) => Promise<void>,
  ): Promise<void> {
    let handled = 0;
    const recordedBefore = countRecordedEffects();
    try {
      await handle({
        ...pipeline,
        zendesk: withinReadBudget(zendesk, { db }),
        answered,
        onHandled: (outcome, milliseconds) => {
          handled += 1;
          onDecided(outcome);
          metrics.eventToDecision.observe(milliseconds / 1000);
        },
        signal,
      });
    } catch (error) {
      // Not a failure: work that waits for a read continues when the budget allows one.
      if (!(error instanceof ZendeskError && error.kind === 'busy')) throw error;
      await again(Math.min(Math.max(error.retryAfterMs ?? 0, 1_000), 60_000));
    } finally {
      // Nobody waits for these: they may be delayed and merged with others.
      if (countRecordedEffects() > recordedBefore) void onEffect();
      // The events of many small batches are handled with the first: the other batches have nothing to do, and must not delay other tickets.
      if (handled > 0)
        for (const { onBatchProcessed } of hooks)
          onBatchProcessed?.().catch((error: unknown) =>
            logger.warn(aboutError(error), 'A feature failed to process a batch of events'),
          );
    }
  }

  const counted = chargingReadBudget(zendesk, { db, logger });
  const effectKinds = [
    ticketChanges({
      zendesk: counted,
      reread: (ticketId) => rereadTicket({ ...pipeline, zendesk: counted }, ticketId),
      hooks,
      writesPerMinute: () => policy.current().policy.zendesk.writes_per_minute,
    }),
  ];

  async function readExport(): Promise<void> {
    const reading = (await isImported(db))
      ? waitingForReadBudget(zendesk, { db }, signal)
      : leavingHalf(zendesk, signal);
    const exports = chargingExportReads(reading, { db });
    const summary = await importTickets({ ...pipeline, zendesk: exports }, signal);
    if (summary.decided > 0) {
      logger.info({ ...summary }, 'The export contained changes that no webhook had reported');
      await onEffect();
    }
    await webhooks.report();
    await readUsers({ ...pipeline, zendesk: exports });
  }

  /** After the tickets: a failure of the user export must not prevent the ticket export. */
  async function readUsers(reading: PipelineDeps): Promise<void> {
    try {
      const { erased, merged } = await followPeople(reading, signal);
      if (erased + merged > 0)
        logger.info({ erased, merged }, 'The user export contained changes that no webhook had reported');
      await readRequesters(reading, signal);
    } catch (error) {
      logger.warn(aboutError(error), 'Could not read users; new, deleted and merged ones are handled in the next run');
    }
  }

  return {
    name: 'tickets',
    routes: () => [
      {
        path: '/webhooks/zendesk',
        post: createWebhookHandler({
          inbox,
          secrets: config.webhookSecrets,
          logger,
          clock,
          onReceived: (type, result) => metrics.deliveries.inc({ type, result }),
        }),
      },
    ],
    jobs: [
      job(processBatchJob, ({ batch }) => processOneBatch(batch)),
      job(processFloodJob, ({ ticketId }) => processOneFlood(ticketId)),
      job(decideDueJob, async () => {
        if ((await decideDue()) > 0) await onEffect();
      }),
      job(readExportJob, readExport),
      job(runSweepsJob, createSweepRunner({ ...pipeline, onEffect, signal })),
    ],
    effectKinds,
    sweep: sweepTickets({ db, clock }),
    onWorkersStarted: () => enqueue(readExportJob, {}),
    readiness: ticketReadiness({
      db,
      webhooks,
      writesPerMinute: () => policy.current().policy.zendesk.writes_per_minute,
    }),
    tables: TICKET_TABLES,
    retention: ticketRetention({ db, policy, hooks }),
    drain: inbox.drained,
  };
}
