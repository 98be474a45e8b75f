// The queue's store in PostgreSQL.
import { type BackendFactory, createPostgresBackend, type IQueueBackend, runMigrations } from 'bullmq';
import type { Logger } from '../logging/logger.ts';
import { openDatabase } from '../storage/database.ts';
import type { JobDefinition } from './define-job.ts';
import type { QueueBackend } from './queue-backend.ts';

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
