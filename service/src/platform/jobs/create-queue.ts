// How does the service get its queue?
import { Queue } from 'bullmq';
import { aboutError } from '../errors/about-error.ts';
import { withTimeout } from '../errors/with-timeout.ts';
import type { Logger } from '../logging/logger.ts';
import { declareSchedules } from './declare-schedules.ts';
import { jobOptions } from './job-options.ts';
import type { JobCounts, JobHandlers, JobQueue, QueueAddress } from './job-queue.ts';
import { JOB_NAMES, type JobName } from './job-table.ts';
import { openPostgresBackend } from './postgres-backend.ts';
import type { AnyQueue } from './queue-backend.ts';
import { openRedisBackend } from './redis-backend.ts';
import { startWorkers, type Workers } from './workers.ts';

/** Longest wait of a caller for the queue. Milliseconds. */
const FAIL_FAST = 3_000;
const CLOSING = 1_000;

/**
 * Opens the queue: in Redis when there is an address for it, otherwise in PostgreSQL. Throws when PostgreSQL cannot be
 * reached; Redis may come later.
 */
export async function createQueue(
  address: QueueAddress,
  deps: { logger: Logger; clock: () => number },
): Promise<JobQueue> {
  const { logger } = deps;
  const backend = address.redisUrl
    ? openRedisBackend(address.redisUrl, logger)
    : await openPostgresBackend(address.databaseUrl, logger);
  const queues = new Map(JOB_NAMES.map((name) => [name, openQueue(name)] as const));
  const running: Workers[] = [];
  const windDown = new AbortController();
  let stopped: Promise<void> | null = null;
  if (!address.redisUrl) await becomeReady();

  function openQueue(name: JobName): AnyQueue {
    const queue: AnyQueue = new Queue(name, { connection: backend.producer }, backend.factory);
    queue.on('error', (error) => logger.debug({ job: name, ...aboutError(error) }, 'The queue cannot be reached'));
    return queue;
  }

  /** BullMQ remembers a first connection to PostgreSQL that failed and never tries again: better not to start then. */
  async function becomeReady(): Promise<void> {
    try {
      await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  async function stop(graceMs: number): Promise<void> {
    windDown.abort();
    const finished = await Promise.all(running.map((workers) => workers.stop(graceMs)));
    if (finished.includes(false))
      logger.warn({ graceMs }, 'Some jobs were still running at the end; they will be taken up again');
    // Closing talks to the store, which may be away: the connections are dropped then.
    const closed = Promise.all([...queues.values()].map((queue) => queue.close()));
    await withTimeout(closed, CLOSING, 'The queue did not close').catch(() => undefined);
    await withTimeout(backend.close(), CLOSING, 'The queue did not let go').catch(() => undefined);
  }

  function queueOf(name: JobName): AnyQueue {
    return queues.get(name) as AnyQueue;
  }

  const enqueueMany: JobQueue['enqueueMany'] = async (name, payloads) => {
    const jobs = payloads.map((data) => ({ name, data, opts: jobOptions(name, data) }));
    await withTimeout(queueOf(name).addBulk(jobs), FAIL_FAST, 'The queue did not answer');
  };

  return {
    enqueue: async (name, payload, options) => {
      const added = queueOf(name).add(name, payload, jobOptions(name, payload, options));
      await withTimeout(added, FAIL_FAST, 'The queue did not answer');
    },
    enqueueMany,
    startWorkers: async (handlers: Partial<JobHandlers>, { signal }) => {
      running.push(await startWorkers(backend, handlers, logger, AbortSignal.any([signal, windDown.signal])));
    },
    declare: () => withTimeout(declareSchedules(queueOf, deps.clock()), FAIL_FAST, 'The queue did not answer'),
    isHealthy: async () => {
      try {
        await withTimeout(backend.ping(), FAIL_FAST, 'The queue did not answer');
        return true;
      } catch {
        return false;
      }
    },
    counts: async () => {
      const counted = JOB_NAMES.map(async (name) => {
        const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await queueOf(name).getJobCounts();
        return [name, { waiting, active, delayed, failed }] as const;
      });
      const all = await withTimeout(Promise.all(counted), FAIL_FAST, 'The queue did not answer');
      return Object.fromEntries(all) as Record<JobName, JobCounts>;
    },
    stop: ({ graceMs }) => {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}
