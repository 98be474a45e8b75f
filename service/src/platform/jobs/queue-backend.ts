// Opens the queue's store, PostgreSQL or Redis.
import {
  type BackendFactory,
  createPostgresBackend,
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
import type { JobDefinition } from './define-job.ts';

/** How BullMQ reaches its store: PostgreSQL or Redis. The rest of this folder does not know which. */
export interface QueueBackend {
  /** For adding jobs: fails fast, because a caller waits. */
  producer: unknown;
  /** For taking jobs: tries for ever. */
  worker: unknown;
  factory: BackendFactory<IQueueBackend, unknown>;
  /** Throws when the store does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

export type AnyQueue = Queue<unknown, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;
export type AnyWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, unknown>;

/** BullMQ's tables live in a schema of their own, beside ours. */
const SCHEMA = 'bullmq';
const PRODUCER_CONNECTIONS = 4;

/** Brings BullMQ's tables up to date (under its own advisory lock) and opens the pools. Throws when PostgreSQL cannot be reached. */
export async function openPostgresBackend(
  databaseUrl: string,
  jobs: readonly JobDefinition<unknown>[],
  logger: Logger,
): Promise<QueueBackend> {
  const producer = openPool(PRODUCER_CONNECTIONS);
  // Every worker holds one connection to LISTEN; its jobs' bookkeeping shares the others.
  const worker = openPool(jobs.length + Math.max(0, ...jobs.map(({ concurrency }) => concurrency)) + 2);
  const client = await producer.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
  return {
    producer,
    worker,
    // BullMQ types the factory by its connection; what goes in here are the two pools above.
    factory: createPostgresBackend as unknown as BackendFactory<IQueueBackend, unknown>,
    ping: async () => {
      await producer.query('SELECT 1');
    },
    close: async () => {
      await Promise.all([producer.end(), worker.end()]);
    },
  };

  function openPool(max: number) {
    const pool = openDatabase(inSchema(databaseUrl), {
      max,
      onIdleError: (error) => logger.warn({ error: error.message }, 'The queue lost a connection to PostgreSQL'),
    }).$client;
    // Each queue and worker hears the pool's errors; Node warns of a leak from the eleventh on.
    pool.setMaxListeners(2 * jobs.length + 5);
    return pool;
  }
}

/** BullMQ expects its schema in the search path of a pool that it is given (its docs, PostgreSQL backend). */
function inSchema(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.set('options', `${options ? `${options} ` : ''}-c search_path=${SCHEMA}`);
  return url.href;
}

const LONGEST_PAUSE = 3_000;

/** Opens the connections; Redis need not be there yet. A command of the producer waits for an answer no longer than `maxWaitMs`. */
export function openRedisBackend(
  redisUrl: string,
  { logger, maxWaitMs }: { logger: Logger; maxWaitMs: number },
): QueueBackend {
  let closing = false;
  // BullMQ makes connections of its own after this pattern; `null` ends their trying, which would keep the process alive.
  const pause = (times: number) => (closing ? null : Math.min(times * 200, LONGEST_PAUSE));
  const producer = new Redis(redisUrl, {
    retryStrategy: pause,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: maxWaitMs,
  });
  // BullMQ demands `null`: a worker waits for Redis as long as it takes.
  const worker = new Redis(redisUrl, { retryStrategy: pause, maxRetriesPerRequest: null });
  let away = false;
  producer.on('error', (error) => {
    if (!away) logger.warn({ error: error.message }, 'Redis cannot be reached; trying again until it can');
    away = true;
  });
  producer.on('ready', () => {
    away = false;
  });
  worker.on('error', () => undefined); // The producer's tells it.
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
