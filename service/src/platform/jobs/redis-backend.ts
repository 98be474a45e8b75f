// Keeps the queue in Redis.
import { type BackendFactory, createRedisBackend, type IQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from '../logging/logger.ts';
import type { QueueBackend } from './queue-backend.ts';

/** How long a command for the producer may wait for an answer. Milliseconds. */
const FAIL_FAST = 2_000;
const LONGEST_PAUSE = 3_000;

/** Opens the connections; Redis need not be there yet. */
export function openRedisBackend(redisUrl: string, logger: Logger): QueueBackend {
  let closing = false;
  // BullMQ makes connections of its own after this pattern; `null` ends their trying, which would keep the process alive.
  const pause = (times: number) => (closing ? null : Math.min(times * 200, LONGEST_PAUSE));
  const producer = new Redis(redisUrl, {
    retryStrategy: pause,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: FAIL_FAST,
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
