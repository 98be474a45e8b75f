// Opens the queue's store, PostgreSQL or Redis.
import {
  type BackendFactory,
  createRedisBackend,
  type IQueueBackend,
  type JobProgress,
  type Queue,
  runMigrations,
  type Worker,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from '../logging/logger.ts';
import { openDatabase } from '../storage/database.ts';
import type { JobDefinition } from './job-queue.ts';
import { sharePostgres } from './shared-postgres.ts';

/** How BullMQ reaches its store: PostgreSQL or Redis. The rest of this folder does not know which. */
export interface QueueBackend {
  /** For adding jobs: fails fast, because a caller is waiting. */
  producer: unknown;
  /** For running jobs: retries without limit. */
  worker: unknown;
  factory: BackendFactory<IQueueBackend, unknown>;
  /** Throws when the store does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

export type AnyQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
export type AnyWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, unknown>;

/** BullMQ's tables are in a separate schema of the same database. */
export const QUEUE_SCHEMA = 'bullmq';
const PRODUCER_CONNECTIONS = 4;
/** One of them to LISTEN. None is held while a job runs. */
const WORKER_CONNECTIONS = 6;

/** Migrates BullMQ's tables (under its own advisory lock) and opens the pools. Throws when PostgreSQL cannot be reached. */
export async function openPostgresBackend(
  databaseUrl: string,
  jobs: readonly JobDefinition<unknown>[],
  logger: Logger,
): Promise<QueueBackend> {
  const producer = openPool(PRODUCER_CONNECTIONS);
  const worker = openPool(WORKER_CONNECTIONS);
  const client = await producer.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    client.release();
  }
  const [producers, workers] = [sharePostgres(producer), sharePostgres(worker)];
  return {
    producer,
    worker,
    factory: (name, opts) => (opts.connection === worker ? workers : producers).open(name, opts),
    ping: async () => {
      await producer.query('SELECT 1');
    },
    close: async () => {
      await Promise.all([producers.close(), workers.close()]);
      await Promise.all([producer.end(), worker.end()]);
    },
  };

  function openPool(max: number) {
    const pool = openDatabase(inSchema(databaseUrl), {
      max,
      onIdleError: (error) => logger.warn({ error: error.message }, 'The queue lost a connection to PostgreSQL'),
    }).$client;
    // Each queue and worker adds an error listener to the pool; Node warns of a leak from the eleventh on.
    pool.setMaxListeners(2 * jobs.length + 5);
    return pool;
  }
}

/** BullMQ expects its schema in the search path of a pool that it is given (its docs, PostgreSQL backend). */
function inSchema(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.set('options', `${options ? `${options} ` : ''}-c search_path=${QUEUE_SCHEMA}`);
  return url.href;
}

const LONGEST_PAUSE = 3_000;

/** Opens the connections; Redis may be unavailable at first. A command of the producer waits for an answer no longer than `maxWaitMs`. */
export function openRedisBackend(
  redisUrl: string,
  { logger, maxWaitMs }: { logger: Logger; maxWaitMs: number },
): QueueBackend {
  let closing = false;
  // BullMQ creates further connections with this strategy; `null` ends their retries, which would keep the process alive.
  const pause = (times: number) => (closing ? null : Math.min(times * 200, LONGEST_PAUSE));
  const producer = new Redis(redisUrl, {
    retryStrategy: pause,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: maxWaitMs,
  });
  // BullMQ requires `null`: a worker waits for Redis without limit.
  const worker = new Redis(redisUrl, { retryStrategy: pause, maxRetriesPerRequest: null });
  let away = false;
  producer.on('error', (error) => {
    if (!away) logger.warn({ error: error.message }, 'Redis cannot be reached; retrying');
    away = true;
  });
  producer.on('ready', () => {
    away = false;
  });
  worker.on('error', () => undefined); // Logged by the producer's connection.
  return {
    producer,
    worker,
    factory: createRedisBackend as unknown as BackendFactory<IQueueBackend, unknown>,
    ping: async () => {
      await producer.ping();
    },
    close: async () => {
      closing = true;
      producer.disconnect();
      worker.disconnect();
    },
  };
}
