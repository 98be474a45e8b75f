// Which parts make up a running service? The only place where adapters are built.

import type { AddressInfo } from 'node:net';
import type { NameKind } from '../directory/directory.ts';
import { keepDirectory } from '../directory/keep-directory.ts';
import { watchNames } from '../directory/watch-names.ts';
import { createApp } from '../platform/http/app.ts';
import { closeServer } from '../platform/http/close-server.ts';
import { createHealthRouter } from '../platform/http/health.ts';
import { listen } from '../platform/http/listen.ts';
import { createMetricsRouter } from '../platform/http/metrics.ts';
import { createQueue } from '../platform/jobs/create-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { type Database, openDatabase } from '../platform/storage/database.ts';
import { migrate } from '../platform/storage/migrate.ts';
import { reachPostgres } from '../platform/storage/reach-postgres.ts';
import { createPolicyStore } from '../policy/policy-store.ts';
import { createSurveyRouter } from '../surveys/pages/create-survey-router.ts';
import { createInbox } from '../tickets/receive/inbox.ts';
import { createWebhookHandler } from '../tickets/receive/webhook-handler.ts';
import { webhooksFirst } from '../tickets/receive/webhooks-first.ts';
import { findWebhookLoss } from '../tickets/sync/find-webhook-loss.ts';
import { findWebhookSilence } from '../tickets/sync/find-webhook-silence.ts';
import { aheadOfReadBudget } from '../tickets/sync/read-budget.ts';
import type { Config } from './config.ts';
import { connectZendesk } from './connect-zendesk.ts';
import { createMetrics } from './create-metrics.ts';
import { policyInForce } from './policy-in-force.ts';
import { readinessChecks } from './readiness.ts';
import { watchWebhooks } from './readiness-webhooks.ts';
import { checkWrites } from './readiness-writes.ts';
import type { Role } from './role.ts';
import { createSidebar } from './sidebar.ts';
import { stopInOrder } from './stop-in-order.ts';
import { startWorking, type Working } from './working.ts';

export interface RunningService {
  port: number;
  /** Resolves, with the reason, when the service cannot go on and has to be started anew. */
  lost: Promise<string>;
  /** Takes no more work, finishes what it holds within `graceMs`, and lets go of everything. */
  stop: (graceMs: number) => Promise<void>;
}

export interface ServiceOptions {
  role: Role;
  surveyDelayMs: number | null;
  logger: Logger;
}

/** Builds and starts the service. Throws when the policy, the database or the port cannot be had; Zendesk may come later. */
export async function composeService(
  config: Config,
  { role, surveyDelayMs, logger }: ServiceOptions,
): Promise<RunningService> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const policyStore = createPolicyStore({ path: config.policyPath, logger });
    await policyStore.start();
    undo.push(() => policyStore.stop());
    const policy = policyInForce(policyStore);

    const postgres = await reachPostgres(config, logger);
    undo.push(() => postgres.stop());
    await migrate(postgres.url);
    const open = (max: number): Database => {
      const onIdleError = (error: Error): void => logger.warn({ err: error.message }, 'A database connection was lost');
      const opened = openDatabase(postgres.url, { max, onIdleError });
      undo.push(() => opened.$client.end());
      return opened;
    };
    const db = open(20);
    // However busy the work is, webhooks find a connection: behind twenty deciding transactions they waited 100 ms and more.
    const door = open(4);
    const listening = open(1);

    const metrics = createMetrics({ db, logger, policyStatus: () => policyStore.status() });
    const zendesk = connectZendesk(config.zendesk, { db, metrics, logger });
    const queue = await createQueue(
      { databaseUrl: postgres.url, redisUrl: config.redisUrl },
      { logger, clock: Date.now },
    );
    const inbox = createInbox({
      pool: door.$client,
      announce: (batches) =>
        queue.enqueueMany(
          'process-batch',
          batches.map((batch) => ({ batch })),
        ),
      stopwatch: () => performance.now(),
      onCommit: ({ duplicates }) => metrics.duplicateDeliveries.inc(duplicates),
      logger,
    });
    const stopping = new AbortController();
    undo.push(() => queue.stop({ graceMs: 0 }));
    undo.push(async () => stopping.abort());
    const announceEffects = () => queue.enqueue('perform-effects', {});
    const counted = aheadOfReadBudget(zendesk, { db, logger });
    const directory = keepDirectory(
      {
        db,
        zendesk: counted,
        clock: Date.now,
        logger,
        kinds: () => new Set([...policy.current().compiled.asks] as NameKind[]),
      },
      stopping.signal,
    );
    const names = watchNames({
      directory,
      policy: () => policy.current().policy,
      logger,
      signal: stopping.signal,
    });
    policyStore.onChange(() => void names.policyChanged());
    metrics.showUnknownNames(() => names.unknown().length);
    const sidebar =
      role === 'worker'
        ? null
        : createSidebar({
            config,
            db,
            listening,
            zendesk: counted,
            directory,
            policy,
            policyStore,
            surveyDelayMs,
            onAct: announceEffects,
            logger,
            signal: stopping.signal,
          });

    const listeningSince = Date.now();
    const webhookDeps = { db, clock: Date.now, listeningSince };
    const watch = watchWebhooks({
      find: () => findWebhookSilence(webhookDeps),
      findLoss: () => findWebhookLoss(webhookDeps),
      wrongSignatures: role === 'worker' ? null : metrics.wrongSignatures,
      endpoint: `${config.publicUrl}/webhooks/zendesk`,
      logger,
    });
    let working: Working | null = null;
    const app = createApp(
      {
        health: createHealthRouter(
          readinessChecks({
            db,
            postgres,
            queue,
            zendesk,
            policyStore,
            mail: config.smtpUrl,
            working: () => working,
            role,
            webhooks: watch,
            writes: () => checkWrites(db, policy.current().policy.zendesk.writes_per_minute),
            unknownNames: names.unknown,
            sidebar,
          }),
        ),
        metrics: createMetricsRouter(metrics.registry),
        pages: sidebar && {
          surveys: createSurveyRouter({
            db,
            policy: () => policy.current().policy,
            clock: Date.now,
            logger,
            onAnswer: announceEffects,
          }),
          sidebar: sidebar.page,
          api: sidebar.api,
        },
      },
      logger,
    );
    const webhooks =
      role === 'worker'
        ? null
        : createWebhookHandler({
            inbox,
            secrets: config.webhookSecrets,
            logger,
            clock: Date.now,
            onReceived: (type, result) => metrics.webhookDeliveries.inc({ type, result }),
          });
    const server = await listen(webhooks ? webhooksFirst(webhooks, app) : app, config, stopping.signal);
    undo.push(() => closeServer(server));

    if (role !== 'web') {
      working = startWorking({
        config,
        db,
        zendesk,
        queue,
        directory,
        policy,
        policyStore,
        metrics,
        webhooks: watch,
        logger,
        surveyDelayMs,
        signal: stopping.signal,
      });
    }
    return {
      port: (server.address() as AddressInfo).port,
      lost: postgres.lost,
      stop: async (graceMs) => {
        stopping.abort();
        await stopInOrder(
          [
            // Workers take up nothing more since the abort, and finish what they hold meanwhile.
            { name: 'door', leaves: 5_000, run: () => closeServer(server) },
            { name: 'inbox', leaves: 4_500, run: inbox.drained },
            { name: 'worker', leaves: 4_000, run: async () => working?.stop() },
            { name: 'names', leaves: 3_800, run: () => names.ended },
            // It takes up to two seconds more to let go of its connections.
            { name: 'queue', leaves: 1_500, run: (leftMs) => queue.stop({ graceMs: Math.max(0, leftMs - 2_000) }) },
            { name: 'policy', leaves: 1_300, run: () => policyStore.stop() },
            {
              name: 'database',
              leaves: 1_000,
              run: () => Promise.all([db, door, listening].map((each) => each.$client.end())),
            },
            { name: 'postgres', leaves: 0, run: () => postgres.stop() },
          ],
          graceMs,
          logger,
        );
      },
    };
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    throw error;
  }
}
