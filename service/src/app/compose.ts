// Builds and starts the service: the only place where adapters are created.
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Policy } from '@deskwright/shared';
import type { NameKind } from '../directory/directory.ts';
import { startDirectory, watchNames } from '../directory/start-directory.ts';
import { createApp } from '../platform/http/app.ts';
import { createHealthRouter, createMetricsRouter } from '../platform/http/health.ts';
import { closeServer, listen } from '../platform/http/listen.ts';
import { operatorAccess } from '../platform/http/operator-access.ts';
import { createQueue } from '../platform/jobs/create-queue.ts';
import { createEnqueue, type JobQueue } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { createMetrics, type Metrics } from '../platform/metrics/create-metrics.ts';
import { followPolicyMode, watchAtFirst } from '../platform/outbox/activation.ts';
import { type Database, migrate, openDatabase } from '../platform/storage/database.ts';
import { reachPostgres } from '../platform/storage/reach-postgres.ts';
import { lastGoodPolicy } from '../policy/last-good-policy.ts';
import { policyInForce } from '../policy/policy-in-force.ts';
import { createPolicyStore } from '../policy/policy-store.ts';
import { createStripeProvider } from '../stripe/create-stripe-provider.ts';
import { namesAsked } from '../surveys/index.ts';
import { chargingReadBudget, HAS_RUN, keepAccountLimit, storeUnreadableRecords } from '../tickets/index.ts';
import { createZendesk, type ZendeskClient } from '../zendesk/create-zendesk.ts';
import { keepOutages } from '../zendesk/outages.ts';
import type { Config } from './config.ts';
import { type Capability, createFeatures, effectDescriptions } from './features.ts';
import { guardFeature } from './guard-feature.ts';
import { readinessChecks } from './readiness.ts';
import { retentionFeature, runWorkers, type Workers } from './run-workers.ts';
import { recordService } from './service-record.ts';
import { type Step, stopInOrder } from './stop-in-order.ts';

export interface RunningService {
  port: number;
  /** Resolves with the reason when the service cannot continue and must be restarted. */
  lost: Promise<string>;
  /** Accepts no more work, finishes running work within `graceMs`, and closes everything. */
  stop: (graceMs: number) => Promise<void>;
}

export interface ServiceOptions {
  role: Role;
  surveyDelayMs: number | null;
  logger: Logger;
  /** With a new database it only watches until `deskwright activate`. Default: it acts. */
  watchesAtFirst?: boolean;
  /** The same with any database that nobody has activated. */
  observes?: boolean;
  /** Default: all features. */
  capabilities?: readonly Capability[];
  /** Epoch milliseconds. Default: the system's clock. */
  clock?: () => number;
}

/** A question that takes longer must not keep others waiting; its own queries wait for one another. */
const FIGURES = { statementMs: 15_000, connectWithinMs: 30_000 };

/** Throws when the policy cannot be loaded, or the database or the port is unavailable; Zendesk may be unavailable at first. */
export async function composeService(config: Config, options: ServiceOptions): Promise<RunningService> {
  const { role, logger, clock = Date.now } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // Each part that waits listens to it; Node warns of more than ten.
  setMaxListeners(0, signal);
  /** In the order of starting; they are stopped in reverse. */
  const steps: Step[] = [];
  const stop = async (graceMs: number): Promise<void> => {
    stopping.abort();
    await stopInOrder(steps.toReversed(), graceMs, logger);
  };
  try {
    const postgres = await reachPostgres(config, logger);
    steps.push({ name: 'postgres', leaves: 200, run: () => postgres.stop() });
    await migrate(postgres.url);
    const databases: Database[] = [];
    const open = (max: number, limits: { connectWithinMs?: number; statementMs?: number } = {}): Database => {
      const onIdleError = (error: Error): void => logger.warn({ err: error.message }, 'A database connection was lost');
      const opened = openDatabase(postgres.url, { max, ...limits, onIdleError });
      databases.push(opened);
      return opened;
    };
    const [db, receiving, listening, reading] = [open(20), open(4), open(1), open(4, FIGURES)];
    steps.push({
      name: 'database',
      leaves: 1_000,
      run: () => Promise.all(databases.map((each) => each.$client.end())),
    });
    if (options.observes) await watchAtFirst(db);
    else if (options.watchesAtFirst) await watchAtFirst(db, HAS_RUN);
    const policyStore = createPolicyStore({ path: config.policyPath, logger, lastGood: lastGoodPolicy(db) });
    await policyStore.start();
    const before = await recordService(db, { zendesk: config.zendesk.baseUrl });
    if (before !== null)
      logger.warn(
        { zendesk: config.zendesk.baseUrl, before },
        'This database was used for another Zendesk account, whose tickets are in it: unless the account was only renamed, stop the service and set another DATABASE_URL or DESKWRIGHT_DATA_DIR',
      );
    steps.push({ name: 'policy', leaves: 1_500, run: () => policyStore.stop() });
    const policy = policyInForce(policyStore);
    const kinds = effectDescriptions(options.capabilities);
    const followMode = followPolicyMode(db, kinds, { performs: role !== 'web', logger, signal });
    await followMode(writingMode(policy.current().policy));

    const metrics = createMetrics({ db, logger });
    const zendesk = connectZendesk(config.zendesk, { db, metrics, logger });
    const asks = (): ReadonlySet<NameKind> => {
      const { policy: inForce, compiled } = policy.current();
      return new Set([...compiled.asks, ...namesAsked(inForce)] as NameKind[]);
    };
    const directory = startDirectory(
      { db, zendesk: chargingReadBudget(zendesk, { db, logger }), clock, logger, kinds: asks },
      signal,
    );
    // Features are created before the queue, which needs their jobs; they enqueue only later.
    let queue: JobQueue;
    const enqueue = createEnqueue(() => queue, logger);
    const features = createFeatures(
      {
        config,
        isWeb: role !== 'worker',
        isWorker: role !== 'web',
        db,
        receiving,
        listening,
        reading,
        zendesk,
        objects: zendesk.objects,
        directory,
        policy,
        payments: config.stripe && createStripeProvider(config.stripe),
        metrics,
        queue: { enqueueMany: (job, payloads) => queue.enqueueMany(job, payloads) },
        enqueue,
        surveyDelayMs: options.surveyDelayMs,
        clock,
        logger,
        signal,
      },
      options.capabilities,
    );
    const all = [...features, retentionFeature(features, { logger, signal })].map((each) => guardFeature(each, logger));
    queue = await createQueue(
      { databaseUrl: postgres.url, redisUrl: config.redisUrl },
      all.flatMap(({ jobs = [] }) => jobs.map(({ definition }) => definition)),
      { logger, clock },
    );
    // Closing its connections takes up to two seconds more.
    const stopQueue = (leftMs: number) => queue.stop({ graceMs: Math.max(0, leftMs - 2_000) });
    steps.push({ name: 'queue', leaves: 1_500, run: stopQueue });

    const places = () => policyStore.current().places;
    const names = watchNames({ directory, policy: () => policy.current().policy, places, logger, signal });
    steps.push({ name: 'names', leaves: 3_800, run: () => names.ended });
    policyStore.onChange(({ policy: changed }) => {
      void followMode(writingMode(changed));
      void names.policyChanged();
      for (const { onPolicyChange } of all) void onPolicyChange?.();
    });

    let workers: Workers | null = null;
    const drains = all.flatMap(({ drain }) => drain ?? []);
    steps.push(
      { name: 'workers', leaves: 4_000, run: async () => workers?.ended },
      { name: 'features', leaves: 4_500, run: () => Promise.all(drains.map((drain) => drain())) },
    );
    const readiness = readinessChecks({
      db,
      postgres,
      queue,
      zendesk,
      policyStore,
      unknownNames: names.unknown,
      workers: role === 'web' ? null : () => workers?.check() ?? { ok: false, message: 'starting' },
      metrics,
    });
    const routes = role === 'worker' ? [] : all.flatMap((feature) => feature.routes?.() ?? []);
    const checks = Object.assign({}, ...all.map((feature) => feature.readiness ?? {}), readiness);
    const isOperator = operatorAccess({ token: config.operatorToken, publicUrl: config.publicUrl });
    const health = [createHealthRouter(checks, isOperator), createMetricsRouter(metrics.registry, isOperator)];
    const app = createApp({ open: health, routes, trustProxy: config.trustProxy }, logger);
    const server = await listen(app, config, signal);
    steps.push({ name: 'server', leaves: 5_000, run: () => closeServer(server) });
    if (role !== 'web') workers = runWorkers({ features: all, queue, directory, logger, signal });
    return { port: (server.address() as AddressInfo).port, lost: postgres.lost, stop };
  } catch (error) {
    await stop(3_000);
    throw error;
  }
}

/** `web` receives webhooks and serves pages, `worker` processes events and performs effects, `all` does both. */
export type Role = 'all' | 'web' | 'worker';

/** Any mode of a policy but `observe` lets the service write. */
const writingMode = ({ mode }: Policy): 'observe' | 'act' => (mode === 'observe' ? 'observe' : 'act');

/** Counts calls, and stores the account's limit, unreadable records and outages of endpoints in the database. Sends nothing yet. */
function connectZendesk(
  { baseUrl, login }: Config['zendesk'],
  { db, metrics, logger }: { db: Database; metrics: Metrics; logger: Logger },
): ZendeskClient {
  const calls = metrics.counter('deskwright_zendesk_calls_total', 'HTTP calls made to Zendesk.', [
    'method',
    'route',
    'outcome',
  ]);
  const ignoredParameters = metrics.counter(
    'deskwright_zendesk_ignored_parameters_total',
    'Calls whose parameters Zendesk partly ignored although it answered 2xx; the log names the parameters.',
    ['method', 'route'],
  );
  const keepLimit = keepAccountLimit(db, logger);
  return createZendesk({
    baseUrl,
    ...(login.kind === 'oauth' ? { oauth: login } : { apiToken: login }),
    clock: Date.now,
    logger,
    onListRead: storeUnreadableRecords(db, logger),
    onOutage: keepOutages(db, logger),
    onCall: ({ method, route, outcome, ignored, updateLimit }) => {
      calls.inc({ method, route, outcome });
      if (ignored.length > 0) ignoredParameters.inc({ method, route });
      if (updateLimit) keepLimit(updateLimit);
    },
  });
}
